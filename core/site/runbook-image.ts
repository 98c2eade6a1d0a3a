import { posix } from "node:path";
import { unescape } from "node:querystring";
import type { Tag } from "sanitize-html";
import { addressOf, linkBetween } from "./address";

/** Where images of a runbook can lead. */
export interface ImagePlaces {
  /** The page's file. */
  readonly file: string;
  /** The paths, below `runbooks/`, of the images that are on the site. */
  readonly images: ReadonlySet<string>;
}

/**
 * An image as a page may show it: one of the site. One from elsewhere becomes a link, because the page loads nothing from there,
 * and the reader's address is nobody's business. Of what is not there, the words stay.
 */
export function showImage(from: string, places: ImagePlaces, { src = "", alt = "", ...others }: Tag["attribs"]): Tag {
  const path = /^[/\\]|^[a-z][a-z0-9+.-]*:/i.test(src)
    ? undefined
    : posix.join(posix.dirname(from), unescape(src.split(/[?#]/, 1)[0] ?? ""));
  if (path !== undefined && places.images.has(path)) {
    const { title, width, height } = others;
    const size = Object.entries({ width, height }).filter(([, value]) => /^\d{1,4}$/.test(value ?? ""));
    const attribs = { src: linkBetween(places.file, addressOf.image(path)), alt, ...(title !== undefined && { title }) };
    return { tagName: "img", attribs: { ...attribs, ...Object.fromEntries(size) } };
  }
  return /^https?:\/\//i.test(src)
    ? { tagName: "a", attribs: { href: src, rel: "noopener noreferrer" }, text: alt || src }
    : { tagName: "em", attribs: {}, text: alt };
}
