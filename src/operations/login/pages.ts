import type { CallbackAnswer } from "../../system/callback-server.ts"

/** The small pages that a browser shows after a login; no script, nothing loaded from anywhere. */
export function successPage(): CallbackAnswer {
  return page(200, "Logged in", "The login has arrived. You can close this page.")
}

export function failedPage(reason: string): CallbackAnswer {
  return page(200, "Not logged in", `The provider said: ${reason}. The terminal says what to do.`)
}

/** The right login, but nothing in it: aim goes on waiting. */
export function emptyPage(): CallbackAnswer {
  return page(
    400,
    "No code came with it",
    "The provider sent the browser back without a code. Log in once more on its page; it is still waited for.",
  )
}

export function wrongStatePage(): CallbackAnswer {
  return page(
    400,
    "Not this login",
    "This address does not belong to the login that aim waits for. Use the page that aim opened last.",
  )
}

function page(status: number, title: string, text: string): CallbackAnswer {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>aim: ${title}</title>
<style>body { font: 1.1rem/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 32rem; padding: 0 1rem }</style>
<h1>${title}</h1>
<p>${text}</p>
</html>
`
  return { status, html }
}
