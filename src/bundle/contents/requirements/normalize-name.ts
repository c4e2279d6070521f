/** The one spelling of a package's name, so that two compare: `Foo_Bar` and `foo.bar` are one (PEP 503). */
export function normalizeName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase()
}
