/** What a page or style sheet would load from another address. Links that a reader may follow are none of it. */
export function loadsFromElsewhere(text: string): string[] {
  const attributes = [
    ...text.matchAll(
      /<(?!a\b)[\w-]+\b[^>]*?\s(?:src|href|srcset|poster|data)\s*=\s*["']?\s*((?:https?:)?\/\/[^"'\s>]+)/gi,
    ),
  ];
  const styles = [...text.matchAll(/(?:url\(|@import)\s*["']?\s*((?:https?:)?\/\/[^"')\s]+)/gi)];
  return [...attributes, ...styles].flatMap(([, address]) => address ?? []);
}
