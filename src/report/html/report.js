"use strict";
// Makes the page quicker to use. All that it shows is in the page already.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);

  // A browser is slowed by what it does not show: a long page has its explanations only while they are unfolded.
  for (const details of all(".long .explain")) {
    const folded = document.createDocumentFragment();
    folded.append(...[...details.childNodes].filter((node) => node.nodeName !== "SUMMARY"));
    details.addEventListener("toggle", () => details.append(folded), { once: true });
  }

  // Filters: a scope is a part of the page with findings and a form for them.

  const scopes = all("[data-scope]").map((element) => {
    const form = element.querySelector("form.filters");
    const scope = { element, form, items: all(".finding", element), words: new Map() };
    if (form) form.hidden = false;
    return scope;
  });
  const scopeOf = (node) => scopes.find((scope) => scope.element.contains(node));
  const inView = () => scopes.find((scope) => !scope.element.hidden);

  const folded = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/\s+/g, " ");

  function wordsOf(scope, item) {
    if (!scope.words.has(item)) {
      scope.words.set(item, folded(`${item.querySelector(".said").textContent} ${item.id}`));
    }
    return scope.words.get(item);
  }

  function filter(scope) {
    const { form, items } = scope;
    if (!form) return;
    const severities = all("[name=severity]", form);
    const ticked = new Set(severities.filter((box) => box.checked).map((box) => box.value));
    const value = (name) => form.elements[name]?.value ?? "";
    const [least, words] = [Number(value("confidence")), folded(value("words").trim())];
    // A list of choices is called as what it chooses by; its first choice is none.
    const chosen = all("select:not([name=confidence])", form).filter((select) => select.value);
    let count = 0;
    for (const item of items) {
      const data = item.dataset;
      const fits =
        ticked.has(data.severity) && Number(data.confidence) >= least &&
        chosen.every((select) => data[select.name] === select.value) && (!words || wordsOf(scope, item).includes(words));
      item.hidden = !fits;
      count += fits;
    }
    form.querySelector("output").textContent = count === items.length ? `all ${count} shown` : `${count} of ${items.length} shown`;
  }

  function unfilter(scope) {
    scope.form?.reset();
    filter(scope);
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form.filters");
    if (form) filter(scopeOf(form));
  });
  document.addEventListener("submit", (event) => event.preventDefault());
  scopes.forEach(filter);

  // The pair in view, where there are several.

  const pairs = all(".pair");

  function show(pair) {
    if (pairs.length < 2) return;
    for (const other of pairs) other.hidden = other !== pair;
    for (const link of all(".choose")) {
      if (link.hash === `#${pair.id}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    draw();
  }

  // Light: a sentence and its partners, or the places of a finding.

  let lit = [];

  function light(sentences, hits = []) {
    for (const element of lit) element.classList.remove("lit", "hit");
    for (const element of sentences) element.classList.add("lit");
    for (const element of hits) element.classList.add("hit");
    lit = [...sentences, ...hits];
    draw();
  }

  const partnersOf = (sentence) => all(".partner", sentence).map((link) => byId(link.hash.slice(1))).filter(Boolean);
  const paneOf = (sentence) => sentence.closest(".story");
  const hasPanes = (pane) => getComputedStyle(pane).overflowY === "auto";

  function isSeen(sentence) {
    const [own, pane] = [sentence.getBoundingClientRect(), paneOf(sentence).getBoundingClientRect()];
    return own.top >= pane.top + 36 && own.bottom <= Math.min(pane.bottom, innerHeight);
  }

  // Scrolls a pane until a sentence is at a height of the window. In a long text the way is as long as it is thought
  // to be: what comes into view on it is laid out only then, so it is measured again.
  function level(sentence, height, again = 3) {
    const pane = paneOf(sentence);
    const way = sentence.getBoundingClientRect().top - height;
    pane.scrollTop += way;
    if (again > 0 && Math.abs(way) > 1) requestAnimationFrame(() => level(sentence, height, again - 1));
  }

  function bringBench(sentence) {
    const bench = sentence.closest(".bench");
    const top = paneOf(sentence).getBoundingClientRect().top;
    if (top > innerHeight / 2 || top < -innerHeight / 2) bench.scrollIntoView({ block: "start" });
  }

  function meet(sentence, mayScroll) {
    const partners = partnersOf(sentence);
    light([sentence, ...partners]);
    if (!hasPanes(paneOf(sentence))) {
      face(sentence, partners);
    } else if (mayScroll && partners.length > 0 && !partners.some(isSeen)) {
      level(partners[0], Math.max(sentence.getBoundingClientRect().top, paneOf(sentence).getBoundingClientRect().top + 40));
    }
  }

  // Where the articles are one below the other, the partner is shown at the foot of the window.

  const facing = document.createElement("section");
  facing.className = "facing";
  facing.setAttribute("aria-label", "The same in the other version");
  facing.hidden = true;
  document.body.append(facing);

  function face(sentence, partners) {
    facing.hidden = partners.length === 0;
    facing.replaceChildren(
      ...partners.flatMap((partner) => {
        const title = document.createElement("h3");
        title.textContent = [...all(".partner", sentence)].find((link) => link.hash === `#${partner.id}`).textContent;
        const text = document.createElement("p");
        text.lang = partner.closest(".block[lang], .story").lang;
        text.dir = "auto";
        text.textContent = partner.querySelector(".t").textContent;
        return [title, text];
      }),
    );
  }

  let pointed = null;
  let waiting = 0;

  document.addEventListener("pointerover", (event) => {
    const sentence = event.target.closest?.(".story .s");
    if (!sentence || sentence === pointed) return;
    pointed = sentence;
    clearTimeout(waiting);
    // Long enough that crossing a text with the pointer moves nothing.
    waiting = setTimeout(() => meet(sentence, true), 150);
  });
  document.addEventListener("pointerout", (event) => {
    if (!event.relatedTarget?.closest?.(".story .s")) {
      clearTimeout(waiting);
      pointed = null;
    }
  });
  document.addEventListener("focusin", (event) => {
    const sentence = event.target.closest(".story .s");
    if (sentence && event.target.matches(":focus-visible")) meet(sentence, true);
    else if (!sentence) facing.hidden = true;
  });

  // Findings: one is the current one.

  const placesOf = (item) => all(".place a", item).map((link) => byId(link.hash.slice(1))).filter(Boolean);

  function select(item, { focus = true } = {}) {
    const scope = scopeOf(item);
    if (item.hidden) unfilter(scope);
    for (const other of all(".finding[aria-current]", scope.element)) other.removeAttribute("aria-current");
    item.setAttribute("aria-current", "true");
    if (focus) item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
    point(item);
  }

  // Lights the places of a finding, and brings them up where that moves nothing else.
  function point(item) {
    const places = placesOf(item);
    light(places, all(`[data-f~="${item.id}"]`));
    const pane = places[0] && paneOf(places[0]);
    if (!pane || !hasPanes(pane)) return;
    const height = Math.max(pane.getBoundingClientRect().top, 0) + innerHeight / 4;
    const both = places.length > 1 ? places : [places[0], ...partnersOf(places[0]).slice(0, 1)];
    for (const sentence of both) level(sentence, height);
    if (!isSeen(places[0])) places[0].closest(".bench").scrollIntoView({ block: "start" });
  }

  function step(by) {
    const scope = inView();
    const shown = scope?.items.filter((item) => !item.hidden) ?? [];
    if (shown.length === 0) return;
    const at = shown.findIndex((item) => item.hasAttribute("aria-current"));
    select(shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1)]);
  }

  function enter() {
    const item = inView()?.element.querySelector(".finding[aria-current]");
    const [place] = item ? placesOf(item) : [];
    if (!place) return;
    point(item);
    bringBench(place);
    place.focus({ preventScroll: hasPanes(paneOf(place)) });
  }

  // Keys. Single ones can be turned off: they are in the way of those who speak to their computer.

  const help = byId("help");
  const singleKeys = byId("single-keys");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
    if (event.key === "Escape") {
      if (typing) event.target.blur();
      facing.hidden = true;
      return;
    }
    if (typing || !singleKeys.checked || document.querySelector("dialog[open]")) return;
    const scope = inView();
    const current = scope?.element.querySelector(".finding[aria-current]");
    if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
    else if (event.key === "Enter" && current && event.target === current) enter();
    else if (event.key === "e" && current?.querySelector("details")) current.querySelector("details").open ^= true;
    else if (event.key === "/" && scope?.form) scope.form.elements.words.focus();
    else if (event.key === "?") help.showModal();
    else return;
    event.preventDefault();
  });

  // Links within the page, also when it is opened at one.

  function arrive() {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // A hash that is no text leads nowhere.
    }
    const target = id && byId(id);
    if (!target) return;
    const pair = target.closest(".pair");
    if (pair) show(pair);
    if (target.matches(".finding")) {
      select(target);
      target.closest("details")?.setAttribute("open", "");
    } else if (target.matches(".s")) {
      meet(target, true);
    } else if (target.matches("details")) {
      target.open = true;
    }
  }

  addEventListener("hashchange", arrive);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    // A link to where one is already changes no hash.
    if (link && link.hash === location.hash) arrive();
    const item = event.target.closest(".finding");
    if (item && !event.target.closest("a, button, summary, table") && getSelection().isCollapsed) select(item);
    const what = event.target.closest("[data-do]")?.dataset.do;
    if (what === "help") help.showModal();
    else if (what === "close") event.target.closest("dialog").close();
    else if (what === "copy") copy(scopeOf(event.target));
    const strip = event.target.closest(".strip > svg");
    if (strip) reach(strip, event);
  });

  // From a place of the drawing to its sentence.
  function reach(strip, event) {
    const box = strip.getBoundingClientRect();
    const pair = strip.closest(".pair");
    const text = all(".story", pair)[event.clientY - box.top < box.height / 2 ? 0 : 1];
    const sentences = all(".s", text).filter((sentence) => sentence.querySelector(".refs"));
    const lengths = sentences.map((sentence) => sentence.querySelector(".t").textContent.length);
    let left = ((event.clientX - box.left) / box.width) * lengths.reduce((sum, length) => sum + length, 0);
    const at = lengths.findIndex((length) => (left -= length) <= 0);
    const sentence = sentences[at < 0 ? sentences.length - 1 : at];
    if (!sentence) return;
    bringBench(sentence);
    if (hasPanes(text)) level(sentence, text.getBoundingClientRect().top + innerHeight / 4);
    else sentence.scrollIntoView({ block: "center" });
    meet(sentence, true);
  }

  // The findings that are shown, as Markdown. Foreign text in it is no markup.

  const plain = (text) => text.replace(/\s+/g, " ").trim().replace(/[\\`*_[\](){}<>#!|~$@&-]/g, "\\$&");

  function markdown(scope) {
    const title = scope.element.querySelector("h2")?.textContent ?? document.title;
    const lines = [`**${plain(title)}**: ${scope.element.querySelector(".whole")?.textContent.trim() ?? ""}`.replace(/: $/, ""), ""];
    all(".version h3", scope.element).forEach((version) => lines.push(`- ${plain(version.textContent)}`));
    lines.push("");
    for (const item of scope.items.filter((item) => !item.hidden)) {
      const data = item.dataset;
      lines.push(`- **${data.severity}** ${plain(item.querySelector(".what").textContent)} (${Number(data.confidence).toFixed(2)}, \`${item.id.replace("finding-", "")}\`)`);
      for (const place of all(".place", item)) lines.push(`  - ${plain(place.textContent)}`);
      lines.push(`  - ${plain(item.querySelector(".why").textContent)}`);
    }
    return `${lines.join("\n")}\n`;
  }

  async function copy(scope) {
    const text = markdown(scope);
    try {
      await navigator.clipboard.writeText(text);
      const count = scope.items.filter((item) => !item.hidden).length;
      scope.form.querySelector("output").textContent = `${count} copied`;
    } catch {
      const dialog = byId("copied");
      dialog.querySelector("textarea").value = text;
      dialog.showModal();
      dialog.querySelector("textarea").select();
    }
  }

  // Ribbons between the articles: only for what is in view.

  const drawings = pairs.map((pair) => {
    const groups = new Map();
    const texts = all(".story", pair);
    texts.forEach((text, side) => {
      for (const sentence of all(".s[data-g]", text)) {
        for (const group of sentence.dataset.g.split(" ")) {
          if (!groups.has(group)) groups.set(group, [[], []]);
          groups.get(group)[side].push(sentence);
        }
      }
    });
    const strip = pair.querySelector(".strip > svg");
    const numbers = (name) => new Set(strip.dataset[name].split(" "));
    const [differing, moved] = [numbers("differing"), numbers("moved")];
    return { pair, groups, differing, moved, svg: pair.querySelector(".gutter svg"), seen: new Set() };
  });

  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const drawing = drawings.find((drawing) => drawing.pair.contains(entry.target));
      if (entry.isIntersecting) drawing.seen.add(entry.target);
      else drawing.seen.delete(entry.target);
    }
    draw();
  });
  all(".story .block").forEach((block) => watcher.observe(block));

  // Where runs of sentences that follow one another begin and end. A block out of view is as high as it is thought to be.
  function extents(sentences, seen) {
    const runs = [];
    let last = null;
    for (const sentence of sentences) {
      const block = sentence.parentElement;
      const box = (seen.has(block) ? sentence : block).getBoundingClientRect();
      const follows = last && (sentence.previousElementSibling === last || (last.parentElement !== block && block.previousElementSibling === last.parentElement && !sentence.previousElementSibling));
      if (follows) runs.at(-1)[1] = box.bottom;
      else runs.push([box.top, box.bottom]);
      last = sentence;
    }
    return runs;
  }

  function ribbons({ groups, differing, moved, svg, seen }) {
    const box = svg.getBoundingClientRect();
    if (box.width === 0) return;
    const wanted = new Set();
    for (const block of seen) {
      for (const sentence of block.children) sentence.dataset.g?.split(" ").forEach((group) => wanted.add(group));
    }
    const bound = (y) => Math.round(Math.min(Math.max(y - box.top, -400), box.height + 400));
    const paths = [];
    for (const group of wanted) {
      const [a, b] = groups.get(group);
      if (a.length === 0 || b.length === 0) continue;
      const path = [];
      const half = Math.round(box.width / 2);
      const wide = Math.round(box.width);
      for (const [top, bottom] of extents(a, seen)) {
        for (const [high, low] of extents(b, seen)) {
          const [t, d, h, l] = [bound(top), bound(bottom), bound(high), bound(low)];
          path.push(`M0 ${t}C${half} ${t} ${half} ${h} ${wide} ${h}V${l}C${half} ${l} ${half} ${d} 0 ${d}z`);
        }
      }
      const element = document.createElementNS(svg.namespaceURI, "path");
      element.setAttribute("d", path.join(""));
      if (differing.has(group)) element.classList.add("differs");
      if (moved.has(group)) element.classList.add("moved");
      if (a.some((sentence) => sentence.classList.contains("lit")) && b.some((sentence) => sentence.classList.contains("lit"))) element.classList.add("lit");
      paths.push(element);
    }
    svg.replaceChildren(...paths);
  }

  let drawn = 0;

  function draw() {
    drawn ||= requestAnimationFrame(() => {
      drawn = 0;
      for (const drawing of drawings) if (!drawing.pair.hidden) ribbons(drawing);
    });
  }

  document.addEventListener("scroll", draw, { capture: true, passive: true });
  addEventListener("resize", draw);
  matchMedia("print").addEventListener("change", draw);

  if (pairs.length > 1) show(pairs[0]);
  arrive();
})();
