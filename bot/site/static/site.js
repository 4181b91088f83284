// Search and reading progress. Everything that is shown is put in as text, never as markup.
"use strict";
(() => {
  const desk = document.querySelector(".desk");
  if (!desk) return;
  const work = desk.dataset.work, first = Number(desk.dataset.first);
  const chapters = desk.dataset.chapters.split(" ").map(Number);
  const query = document.getElementById("query"), progress = document.getElementById("progress");
  const found = document.getElementById("found");
  const lists = { entries: document.getElementById("entries"), entities: document.getElementById("entities") };
  const loaded = new Map();
  let shown = 0;

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const make = (tag, text, name) => {
    const element = document.createElement(tag);
    element.textContent = text;
    if (name) element.className = name;
    return element;
  };

  const entryItem = (entry) => {
    const item = document.createElement("li");
    item.id = entry.key;
    item.append(make("p", entry.date || `${entry.source}, ¶ ${entry.number}`, "when"));
    if (entry.title) item.append(make("h3", entry.title));
    if (entry.text) item.append(make("p", entry.text));
    item.append(make("p", `${entry.source}, ${entry.date ? "entry" : "paragraph"} ${entry.number}`, "source"));
    return item;
  };
  const entityItem = (entity) => {
    const item = document.createElement("li");
    item.id = `~${entity.key}`;
    const head = make("h3", `${entity.name} `);
    head.append(make("span", entity.kind, "kind"));
    item.append(head);
    if (entity.aliases.length) item.append(make("p", `also ${entity.aliases.join(", ")}`, "aliases"));
    if (entity.blurb) item.append(make("p", entity.blurb));
    return item;
  };

  const load = async (chapter) => {
    if (!loaded.has(chapter)) {
      const answer = await fetch(`data/${work}/${chapter}.json`);
      if (!answer.ok) throw new Error(String(answer.status));
      loaded.set(chapter, await answer.json());
    }
    return loaded.get(chapter);
  };

  const draw = async () => {
    const turn = ++shown;
    const reached = progress ? Number(progress.value) : first;
    let told;
    try {
      told = await Promise.all(chapters.filter((each) => each <= reached).map(load));
    } catch {
      found.textContent = "The archive could not be fetched. What stands below is the beginning.";
      return;
    }
    if (turn !== shown) return;
    const words = fold(query.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const fits = (text) => {
      const said = ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, " ")}`;
      return words.every((word) => said.includes(` ${word}`));
    };
    const entities = told.flatMap((each) => each.entities).map((each) => ({ ...each, aliases: [...each.aliases] }));
    const byKey = new Map(entities.map((each) => [each.key, each]));
    told.flatMap((each) => each.aliases).forEach(({ key, alias }) => byKey.get(key)?.aliases.push(alias));
    const day = (entry) => entry.day ?? Infinity;
    const entries = told.flatMap((each) => each.entries).sort((one, other) => day(one) - day(other) || 0);
    const named = new Set();
    const wanted = entities.filter((each) => fits(`${each.name} ${each.aliases.join(" ")} ${each.blurb} ${each.kind}`));
    if (words.length) {
      wanted.filter((each) => fits(`${each.name} ${each.aliases.join(" ")}`)).forEach((each) => each.entries.forEach((key) => named.add(key)));
    }
    const happened = entries.filter((each) => named.has(each.key) || fits(`${each.date} ${each.title} ${each.text}`));
    lists.entries.replaceChildren(...happened.map(entryItem));
    lists.entities.replaceChildren(...wanted.map(entityItem));
    found.textContent = words.length
      ? `${happened.length} ${happened.length === 1 ? "entry" : "entries"}, ${wanted.length} ${wanted.length === 1 ? "name" : "names"}`
      : "";
  };

  const memory = `samizdat:${work}`;
  if (progress) {
    const kept = localStorage.getItem(memory);
    if (chapters.map(String).includes(kept)) progress.value = kept;
    progress.addEventListener("change", () => {
      localStorage.setItem(memory, progress.value);
      draw();
    });
  }
  // Whoever was quicker than this script has typed already.
  query.value = query.value || (new URLSearchParams(location.search).get("q") ?? "");
  let waiting;
  query.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(draw, 120);
  });
  desk.addEventListener("submit", (event) => event.preventDefault());
  draw();
})();
