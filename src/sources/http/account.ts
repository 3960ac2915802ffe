/** What the user and password in an address are in the header `Authorization`; nothing where there are none. */
export function authorizationIn({ username, password }: Pick<URL, 'username' | 'password'>): string | undefined {
  if (username === '' && password === '') return undefined;
  return `Basic ${Buffer.from([username, password].map(decoded).join(':')).toString('base64')}`;
}

/** As it is meant; what is not encoded as it should be is taken as it is written. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
