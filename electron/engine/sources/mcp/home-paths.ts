/** Keys must not differ between two machines for the name of a home folder. */
export const withoutHome = (text: string): string =>
  text.replace(
    /(^|[\s=:"'])(?:\/(?:home|Users)\/[^/\s"']{1,64}|\/root|[A-Za-z]:[\\/]Users[\\/][^\\/\s"']{1,64})(?=[\\/]|$)/g,
    '$1~',
  );
