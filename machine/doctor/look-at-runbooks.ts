import { Parser } from "htmlparser2";
import type { Declared } from "../../core/running/declared";
import type { Page } from "../../core/running/running";
import type { Told } from "../../core/running/told";
import { describeServer } from "../system/failure";
import { readReply } from "../system/read-reply";
import { givingUp, limits, lookAtEach, type Budget } from "./limits";

/** Opens the page of every runbook that an alert leads to, without any password of this machine. */
export async function lookAtRunbooks({ runbookPages }: Declared, budget: Budget): Promise<ReadonlyMap<string, Told<Page>>> {
  const addresses = [...new Set(runbookPages.map(({ address }) => address))];
  const perHost = new Map<string, ReturnType<typeof givingUp>>();
  return lookAtEach(addresses, (address) => {
    const { host } = new URL(address);
    const give = perHost.get(host) ?? givingUp();
    perHost.set(host, give);
    return give<Told<Page>>(() => open(address, budget));
  });
}

async function open(address: string, budget: Budget): Promise<Told<Page>> {
  const patience = budget.spend(limits.bytes);
  if ("cannotTell" in patience) return patience;
  const answer = await readReply({ url: address, followsRedirects: true }, patience);
  if ("cannotTell" in answer) return answer;
  const { status, text, url } = answer;
  if (status !== 200 && status !== 404 && status !== 410) return { cannotTell: `HTTP ${status}` };
  const place = describeServer(url);
  return { data: { status, ...(place !== describeServer(address) && { redirected: place }), ...readAnchors(text) } };
}

/** What a link can lead to in a page: ids, and names of the old way. */
export function readAnchors(html: string): Pick<Page, "anchors" | "hasHeadings"> {
  const anchors = new Set<string>();
  let hasHeadings = false;
  let depth = 0;
  const parser = new Parser({
    onopentag: (name, { id, name: named }) => {
      const isHeading = /^h[1-6]$/.test(name);
      if (isHeading) depth++;
      const own = [id, name === "a" ? named : undefined].filter((text) => text !== undefined && text !== "");
      for (const anchor of own) if (anchor !== undefined) anchors.add(anchor);
      if (own.length > 0 && depth > 0) hasHeadings = true;
    },
    onclosetag: (name) => {
      if (/^h[1-6]$/.test(name)) depth--;
    },
  });
  parser.write(html);
  parser.end();
  // GitHub puts a rendered file into the page as JSON.
  for (const [, anchor = ""] of html.matchAll(/id=\\"(user-content-[^"\\]+)\\"/g)) {
    anchors.add(anchor);
    hasHeadings = true;
  }
  return { anchors, hasHeadings };
}
