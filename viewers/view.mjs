// view.mjs DIR: shows each draft "NAME.md" of a folder as the site does, in
// "NAME.html" beside it, and prints what their text must not have become, a line
// each. Exit code 1 means that there are such lines.
import fs from "node:fs"
import path from "node:path"
import { page } from "./site.mjs"

// Opened in a browser, a page says at its end what it consists of, except for callouts,
// and what is seen.
const witness = `<script>addEventListener("load", () => {
  const article = document.querySelector("article")
  const pre = document.createElement("pre")
  pre.id = "witness"
  pre.textContent = JSON.stringify({ blocks: Array.from(article.querySelectorAll(":scope > :not(.callout)"), c => c.tagName), text: article.innerText })
  document.body.append(pre)
})</script>`

const folder = process.argv[2]
for (const name of fs.readdirSync(folder).filter(n => n.endsWith(".md"))) {
  const { html, found } = await page(fs.readFileSync(path.join(folder, name)))
  fs.writeFileSync(path.join(folder, name.replace(/md$/, "html")),
    `<!doctype html><meta charset="utf-8"><body><article>${html}</article>${witness}</body>`)
  for (const f of new Set(found)) {
    console.log(name + ": " + f.slice(0, 200))
    process.exitCode = 1
  }
}
