/** The public OAuth client id of Claude Code (2.1.329), whose logins aim keeps. */
export const CLIENT_ID = "9d1c250a-e61b-44d9-88ed-5944d1962f5e"
