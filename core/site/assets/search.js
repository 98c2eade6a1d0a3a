// The search: `/` goes there, arrows choose, Enter opens. Its index is loaded when somebody goes there.
"use strict";
(() => {
  // A folder that is opened without a server gives no file to a script.
  if (location.protocol === "file:") return;
  const box = document.querySelector(".search");
  const input = box.querySelector("input");
  const found = box.querySelector("ul");
  const most = 12;
  // Whoever searches is at work on an alert more often than on the simulator's situations.
  const weights = { alert: 3, section: 2, situation: 0.3 };
  let loading;
  let chosen = -1;
  box.hidden = false;

  const load = () => {
    loading ??= fetch(box.dataset.index)
      .then((response) => response.json())
      .then((rows) => {
        const search = new MiniSearch({
          fields: ["title", "text"],
          storeFields: ["kind", "title", "text", "path"],
          // Alerts are words in CamelCase, metrics words with underscores: they are found by their parts too.
          tokenize: (text) =>
            [text, ...text.split(/[^\p{L}\p{N}]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/u)].filter(Boolean),
          searchOptions: {
            prefix: true,
            fuzzy: 0.15,
            boost: { title: 3 },
            boostDocument: (_, __, { kind }) => weights[kind] ?? 1,
            combineWith: "AND",
            tokenize: (text) => text.split(/\s+/).filter(Boolean),
          },
        });
        search.addAll(rows.map(([kind, title, text, path], id) => ({ id, kind, title, text, path })));
        return search;
      });
    return loading;
  };

  const show = (results) => {
    chosen = results.length > 0 ? 0 : -1;
    found.replaceChildren(
      ...results.slice(0, most).map(({ kind, title, text, path }, place) => {
        const item = document.createElement("li");
        item.id = `${found.id}-${place}`;
        item.setAttribute("role", "option");
        item.dataset.path = path;
        const name = document.createElement("span");
        name.textContent = title;
        const about = document.createElement("small");
        about.textContent = ` ${kind}, ${text}`;
        item.append(name, about);
        item.addEventListener("mousedown", () => open(item));
        return item;
      }),
    );
    found.hidden = results.length === 0;
    input.setAttribute("aria-expanded", String(!found.hidden));
    mark();
  };

  const mark = () => {
    for (const [place, item] of [...found.children].entries()) item.setAttribute("aria-selected", String(place === chosen));
    const item = found.children[chosen];
    if (item) {
      input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };

  const open = (item) => location.assign(new URL(box.dataset.root + item.dataset.path, location.href));

  input.addEventListener("focus", load);
  input.addEventListener("input", async () => {
    const asked = input.value.trim();
    const search = await load();
    if (asked === input.value.trim()) show(asked === "" ? [] : search.search(asked));
  });
  input.addEventListener("keydown", (event) => {
    const count = found.children.length;
    if (event.key === "Escape") show([]);
    else if (event.key === "Enter" && found.children[chosen]) open(found.children[chosen]);
    else if (count > 0 && event.key === "ArrowDown") chosen = (chosen + 1) % count;
    else if (count > 0 && event.key === "ArrowUp") chosen = (chosen + count - 1) % count;
    else return;
    event.preventDefault();
    mark();
  });
  input.addEventListener("blur", () => show([]));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName))
      return;
    event.preventDefault();
    input.focus();
  });
})();
