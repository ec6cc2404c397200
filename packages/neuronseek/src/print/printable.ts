/** Text fit for a terminal: control characters (escape sequences begin with one) become `·`, so a column's name cannot move the cursor. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '·');
}
