/** The public OAuth client of Codex CLI (0.169.0), which every Codex login is issued to. */
export const CLIENT_ID = "app_EMoamEEZ73f0CkXaXp7hrann"
