/** Set by the build from package.json. */
declare const AIM_VERSION: string

/** The version of this binary; `0.0.0-dev` when the sources run uncompiled. */
export const VERSION = typeof AIM_VERSION === "string" ? AIM_VERSION : "0.0.0-dev"
