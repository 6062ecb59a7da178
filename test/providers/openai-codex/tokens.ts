/** A token in the shape of a JWT with these claims; its signature is as synthetic as the rest. */
export function jwtOf(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url")
  return `${part({ alg: "RS256" })}.${part(claims)}.synthetic`
}
