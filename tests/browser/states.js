// Read in an open page what each word, mark, edge and ring of focus is painted with, and on which panes it stands.
// Drawings are left out: what they are drawn with is measured in their style sheet, pair by pair.
window.looks ??= (() => {
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=option]";
  const DRAWN = ".visually-hidden, .cz-chart-frame, .cz-lane svg";
  const own = (e) => e.localName + [...e.classList].sort().map((each) => "." + each).join("");
  const name = (e) => `${own(e.parentElement)} > ${own(e)}`;
  const look = (e, part) => getComputedStyle(e, part);
  const panes = (e) => (e ? [...panes(e.parentElement), [look(e).backgroundColor, Number(look(e).opacity)]] : []);
  const isLarge = ({ fontSize, fontWeight }) => parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24);
  const hasWords = (e) => [...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const writes = (content) => /[^\s"]/.test(content.replace(/^(none|normal)$/, ""));
  const isTyped = (e) => e.matches("select, textarea, input:not([type=radio], [type=checkbox], [type=hidden])");
  const hasEdge = (e) => e.matches("select, textarea, input:not([type=search]), .cz-search, a.btn, button.btn:enabled");
  const distinct = (facts) => [...new Map(facts.map((fact) => [JSON.stringify(fact), fact])).values()];

  function* factsOf(e) {
    const where = name(e);
    if (e.localName === "svg") yield { where, kind: "mark", inks: [look(e).color], panes: panes(e) };
    if (e.closest("svg")) return;
    const text = (part) => ({ where, kind: "text", inks: [look(e, part).color], panes: panes(e), isLarge: isLarge(look(e)) });
    if (hasWords(e) || isTyped(e)) yield text();
    for (const part of ["::before", "::after"]) if (writes(look(e, part).content)) yield text(part);
    if (e.placeholder) yield { ...text("::placeholder"), where: `${where}::placeholder` };
    if (hasEdge(e)) {
      const { backgroundColor, borderTopColor, borderTopWidth } = look(e);
      const inks = [backgroundColor, ...(parseFloat(borderTopWidth) ? [borderTopColor] : [])];
      yield { where, kind: "edge", inks, panes: panes(e.parentElement) };
    }
  }

  /** What is painted in each of these elements, itself included. */
  function painted(elements) {
    const shown = elements.flatMap((e) => [e, ...e.querySelectorAll("*")]);
    return distinct(shown.filter((e) => e.checkVisibility() && !e.closest(DRAWN)).flatMap((e) => [...factsOf(e)]));
  }

  function ringed(e) {
    if (look(e).outlineStyle !== "none" && parseFloat(look(e).outlineWidth)) return e;
    return e.parentElement?.matches(":focus-within") ? ringed(e.parentElement) : null;
  }

  /** The frame that hides a side of what stands `out` around an element. */
  function cutter(e, out) {
    const box = e.getBoundingClientRect();
    for (let frame = e.parentElement; frame !== document.documentElement; frame = frame.parentElement) {
      const edge = frame.getBoundingClientRect();
      const isOut = box.left - out < edge.left || box.right + out > edge.right || box.top - out < edge.top;
      if (look(frame).overflowX !== "visible" && isOut) return own(frame);
    }
    return "";
  }

  function ringOf(e) {
    e.focus();
    const ring = ringed(e);
    if (!ring) return { where: name(e), kind: "ring", inks: [] };
    const [width, gap] = [parseFloat(look(ring).outlineWidth), parseFloat(look(ring).outlineOffset)];
    const ground = panes(gap < 0 ? ring : ring.parentElement);
    return { where: name(e), kind: "ring", inks: [look(ring).outlineColor], panes: ground, width, cut: cutter(ring, width + gap) };
  }

  /** The ring of each control that takes the focus, and what is painted in it meanwhile. */
  function focused(controls) {
    const able = controls.filter((e) => e.checkVisibility() && !e.matches(":disabled, [role=option]"));
    const facts = able.flatMap((e) => [ringOf(e), ...painted([e])]);
    document.activeElement.blur();
    return distinct(facts);
  }

  /** Have what a style sheet says of a control pointed at or pressed answer to an attribute too; nothing else changes. */
  function obey(rules) {
    for (const rule of rules) {
      if (/:(hover|active)\b/.test(rule.selectorText)) {
        rule.selectorText = rule.selectorText.replace(/:(hover|active)\b/g, ":is(:$1, [data-believes~=$1])");
      }
      if (rule.cssRules) obey(rule.cssRules);
    }
  }

  /** Read some controls in each of their states. */
  function inStates(controls) {
    const facts = {};
    for (const sheet of document.styleSheets) obey(sheet.cssRules);
    for (const [state, believed] of Object.entries({ rest: "", hover: "hover", pressed: "hover active" })) {
      for (const e of controls) e.dataset.believes = believed;
      facts[state] = painted(controls);
    }
    for (const e of controls) delete e.dataset.believes;
    return { ...facts, focus: focused(controls) };
  }

  /** Have what folds away open while something is read. */
  function unfolded(read) {
    const folded = [...document.querySelectorAll("details:not([open]), dialog:not([open])")];
    for (const each of folded) each.localName === "details" ? (each.open = true) : each.show();
    const facts = read();
    for (const each of folded) each.localName === "details" ? (each.open = false) : each.close();
    return facts;
  }

  const all = () => [...document.querySelectorAll(CONTROLS)];
  const label = (e) => name(e) + (e.disabled ? " off" : "");
  return {
    controls: () => [...new Set(all().map(label))],
    ofPage: () => unfolded(() => ({ ...inStates(all()), page: painted([document.body]) })),
    of: (labels) => unfolded(() => inStates(all().filter((e) => labels.includes(label(e))))),
  };
})();
