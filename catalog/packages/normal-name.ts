/** A package's name in one form: Python takes `-`, `_` and `.` for one another, and no case for another. */
export function normalName(name: string): string {
  return name.startsWith('@') ? name : name.toLowerCase().replace(/[-_.]+/g, '-');
}
