/**
 * Text made safe for HTML and SVG, between tags and inside double or single quotes: the five markup characters become
 * references, and what XML forbids (control characters, lone surrogates, noncharacters) becomes U+FFFD.
 */
export function escapeMarkup(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n\r]|\p{Surrogate}|[\ufffe\uffff]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
