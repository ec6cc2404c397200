// The part of papaparse the tests use; it ships no types.
declare module 'papaparse' {
  interface ParseResult {
    readonly data: readonly (readonly string[])[];
    readonly errors: readonly { readonly message: string }[];
  }
  const Papa: {
    parse(text: string, options: { delimiter: string; newline?: string }): ParseResult;
    unparse(
      rows: readonly (readonly string[])[],
      options: { delimiter: string; newline: string; quotes?: boolean },
    ): string;
  };
  export default Papa;
}
