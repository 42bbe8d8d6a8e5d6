// The pipeline by which a site made with Obsidian and Quartz turns a page into
// HTML. It reports what became of the page's text: to the site some signs in it
// mean more than text, and escapes do not help, as it looks at what is shown.
import rehypeRaw from "rehype-raw"
import rehypeSlug from "rehype-slug"
import rehypeStringify from "rehype-stringify"
import remarkFrontmatter from "remark-frontmatter"
import remarkGfm from "remark-gfm"
import remarkMath from "remark-math"
import remarkParse from "remark-parse"
import remarkRehype from "remark-rehype"
import smartypants from "remark-smartypants"
import { findAndReplace } from "mdast-util-find-and-replace"
import { unified } from "unified"
import { visit } from "unist-util-visit"

const wikilink = /!?\[\[([^[\]|#]+)?(#[^[\]|#]+)?(\|[^[\]|#]+)?\]\]/g
const highlight = /==([^=]+)==/g
const comment = /%%(.+)%%/g
const tag = /(?:^| )#((?:[-_\p{L}\d])+(?:\/[-_\p{L}\d]+)*)/gu
const callout = /^\[!(\w+)\]/
// The callouts of a draft stand in no other block.
const ours = new RegExp(String.raw`^\[!\w+\]-?(\n| (${[
  "What the month says", "In the team.s own words", "Statements that speak of people", "First reports", "Weeks by epic",
  String.raw`\d+ items?: `, "Told under another heading", "Named in the notes", "Earlier wordings", "Said last month",
  "Without a word", "Details: ", "Said earlier in the month", "Open since last month", "Linked in the statements",
].join("|")}))`)
const anchor = /\^([A-Za-z0-9]+)$/

// replace makes a plugin that puts what make returns in the place of a pattern.
const replace = (pattern, make) => () => tree => findAndReplace(tree, pattern, make)

const text = value => ({ type: "text", value })
const raw = value => ({ type: "html", value })
const link = (url, value) => ({ type: "link", url, children: [text(value)] })

// signs are the plugins for the site's own signs, in its order.
const signs = report => [
  replace(wikilink, (all, page = "", heading = "", shown = "") => {
    if (!all.startsWith("!")) return link(page + heading, shown.slice(1) || page || heading)
    report("embedded page", all)
    return raw(`<blockquote class="transclude" data-url="${page}"></blockquote>`)
  }),
  replace(highlight, (all, inside) => {
    report("highlight", all)
    return raw(`<span class="text-highlight">${inside}</span>`)
  }),
  replace(comment, all => {
    report("hidden text", all)
    return text("")
  }),
  () => tree => visit(tree, "blockquote", (quote, at, parent) => {
    const first = quote.children[0]?.children?.[0]
    if (first?.type !== "text" || !callout.test(first.value)) return
    if (parent.type !== "root" || !ours.test(first.value)) report("callout", first.value)
    quote.data = { hProperties: { className: ["callout"] } }
  }),
  replace(tag, (all, name) => {
    if (/^\d+$/.test(name)) return false
    report("tag", all)
    return link("tags/" + name, "#" + name)
  }),
]

const elements = new Set(
  "a p ul ol li strong em del code pre span blockquote table thead tbody tr th td input img br h1 h2 h3 h4 h5 h6 hr div sup section".split(" "))
const runs = /^\s*(javascript|data|vbscript|obsidian):/i
const absolute = /^[a-z][a-z\d+.-]*:|^#/i

// inspect is a plugin that looks through the elements of a page.
const inspect = report => () => tree => visit(tree, "element", (element, at, parent) => {
  const { tagName, properties = {}, children } = element
  if (!elements.has(tagName)) report("element", tagName)
  for (const name of Object.keys(properties)) if (/^on/i.test(name)) report("handler", tagName + " " + name)
  if (/(^|\s)math/.test(String(properties.className ?? ""))) report("formula", children[0]?.value ?? "")
  const last = children.at(-1)
  if ((tagName === "p" || tagName === "li") && last?.type === "text" && anchor.test(last.value)) {
    report("anchor", last.value)
    last.value = last.value.replace(anchor, "")
  }
  address(properties.href ?? properties.src, report)
})

// address reports where a link runs something, or fails the build of the site.
function address(to, report) {
  if (typeof to !== "string") return
  if (runs.test(to)) report("scheme", to)
  if (absolute.test(to)) return
  try {
    decodeURI(to)
  } catch {
    report("address that fails the build", to)
  }
}

// page gives the HTML of a page and what was found in it.
export async function page(markdown) {
  const found = []
  const report = (kind, what) => found.push(kind + ": " + what)
  const site = unified().use(remarkParse).use(remarkFrontmatter, ["yaml", "toml"])
  for (const plugin of signs(report)) site.use(plugin)
  site.use(remarkGfm).use(smartypants).use(remarkMath)
    .use(remarkRehype, { allowDangerousHtml: true }).use(rehypeRaw)
    .use(inspect(report)).use(rehypeSlug).use(rehypeStringify, { allowDangerousHtml: true })
  return { html: String(await site.process(markdown)), found }
}
