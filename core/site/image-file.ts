import { posix } from "node:path";
import { Parser } from "htmlparser2";
import type { RunbookFile } from "../model/runbook";

/** The images that a page shows, by the end of their name, and their media types. */
export const imageTypes: Readonly<Record<string, string>> = {
  avif: "image/avif",
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  png: "image/png",
  svg: "image/svg+xml",
  webp: "image/webp",
};

/**
 * Whether a file beside a runbook is an image that can stand on the site. Other files cannot: a page or a script of somebody
 * else would have the site's own address. Nor can an SVG that does something when it is opened by itself.
 */
export function isImage({ path, base64 }: RunbookFile): boolean {
  const extension = posix.extname(path).slice(1).toLowerCase();
  return Object.hasOwn(imageTypes, extension) && (extension !== "svg" || isStill(imageBytes({ base64 })));
}

/** The image itself. */
export function imageBytes({ base64 }: Pick<RunbookFile, "base64">): Uint8Array {
  return Buffer.from(base64, "base64");
}

// Where a browser could see another text than the parser does: entities, a declaration or an instruction with a ">" in it.
const opaque =
  /<\?(?![^>]*\?>)|<\?xml-stylesheet|<!(?!--|\[CDATA\[|DOCTYPE)|<!DOCTYPE(?!\s+svg(?:\s+(?:PUBLIC|SYSTEM)(?:\s+(?:"[^"<>]*"|'[^'<>]*')){1,2})?\s*>)|\0/i;

const activeElements = new Set(["script", "handler", "listener", "iframe", "object", "embed", "meta", "base", "link", "form"]);

/** Whether an SVG has nothing that runs or leads away: not on every web server there is a policy that would forbid it. */
function isStill(bytes: Uint8Array): boolean {
  const text = readUtf8(bytes);
  if (text === undefined || opaque.test(text)) return false;
  const [, encoding = "utf-8"] = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']?([^"'\s?]*)/i.exec(text) ?? [];
  if (!/^(?:utf-8|us-ascii)$/i.test(encoding)) return false;
  let isActive = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        isActive ||=
          activeElements.has(localName(name)) ||
          Object.entries(attributes).some(
            ([key, value]) =>
              /^(?:on|srcdoc$)/.test(localName(key)) ||
              /(?:java|vb)script:|data:(?:text\/|image\/svg|application\/x)/i.test(value.replace(/[\s\p{Cc}]/gu, "")),
          );
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  return !isActive;
}

function localName(name: string): string {
  return (name.split(":").at(-1) ?? name).toLowerCase();
}

function readUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
