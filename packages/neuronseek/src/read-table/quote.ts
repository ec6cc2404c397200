/** `value` in double quotes with its control characters escaped, cut to 40 characters: a cell or name inside a message. */
export function quote(value: string): string {
  const text = JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  // JSON leaves DEL, C1 controls and the two line separators as they are; a terminal may obey them.
  return text.replace(/[\u007f-\u009f\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
