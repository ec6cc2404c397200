/** Formats that `print` writes and `parse` reads back without loss. */
export type TextFormat = 'text' | 'tnlearn' | 'latex' | 'javascript' | 'python' | 'sympy';

/** All of {@link TextFormat}. */
export const textFormats: readonly TextFormat[] = ['text', 'tnlearn', 'latex', 'javascript', 'python', 'sympy'];
