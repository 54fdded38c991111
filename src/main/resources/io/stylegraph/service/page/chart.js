// Loss curves on a logarithmic scale, drawn as SVG.

const SVG = "http://www.w3.org/2000/svg";
const TERMS = ["content", "style", "tv", "total"];
const WORDS = { total: "total", style: "style", content: "content", tv: "smoothness" };
const MARGIN = { left: 40, right: 86, top: 10, bottom: 24 };
const MOST_POINTS = 240;
const LABEL_HEIGHT = 15;

function element(name, attributes, text) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    node.setAttribute(key, value);
  }
  if (text !== undefined) {
    node.textContent = text;
  }
  return node;
}

const superscript = (n) => String(n).replace(/./g, (c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]));

function thinned(points) {
  const stride = Math.ceil(points.length / MOST_POINTS);
  return points.filter((_, i) => i % stride === 0 || i === points.length - 1);
}

/** Draws the points ({step, total, content, style, tv}); the first step shows nothing of content. */
export function draw(svg, points, steps) {
  const width = svg.clientWidth || 600;
  const height = svg.clientHeight || 210;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.replaceChildren();
  const shown = thinned(points);
  const positive = shown.flatMap((p) => TERMS.map((t) => p[t])).filter((v) => v > 0);
  if (!positive.length) {
    svg.append(element("text", { x: width / 2, y: height / 2, "text-anchor": "middle" }, "The curves begin with the first step."));
    return;
  }
  const top = Math.ceil(Math.log10(Math.max(...positive)));
  const bottom = Math.max(top - 6, Math.floor(Math.log10(Math.min(...positive))));
  const x = (step) => MARGIN.left + ((width - MARGIN.left - MARGIN.right) * step) / Math.max(1, steps);
  const y = (value) => {
    const share = (top - Math.log10(value)) / Math.max(1, top - bottom);
    return MARGIN.top + (height - MARGIN.top - MARGIN.bottom) * Math.min(1, Math.max(0, share));
  };
  drawAxes(svg, { top, bottom, x, y, steps, width, height });
  const ends = TERMS.map((term) => drawCurve(svg, shown, term, x, y)).filter(Boolean);
  drawLabels(svg, ends, height);
}

function drawAxes(svg, { top, bottom, x, y, steps, width, height }) {
  for (let power = bottom; power <= top; power++) {
    const at = y(10 ** power);
    svg.append(element("line", { class: "grid", x1: MARGIN.left, x2: width - MARGIN.right, y1: at, y2: at }));
    svg.append(element("text", { x: MARGIN.left - 8, y: at + 4, "text-anchor": "end" }, `10${superscript(power)}`));
  }
  for (const share of [0, 0.5, 1]) {
    const step = Math.round(steps * share);
    svg.append(element("text", { x: x(step), y: height - 6, "text-anchor": "middle" }, step));
  }
}

function drawCurve(svg, points, term, x, y) {
  const known = points.filter((p) => p[term] > 0);
  if (!known.length) {
    return undefined;
  }
  const path = known.map((p, i) => `${i ? "L" : "M"}${x(p.step).toFixed(1)} ${y(p[term]).toFixed(1)}`);
  svg.append(element("path", { class: term, d: path.join("") }));
  const last = known[known.length - 1];
  return { term, x: x(last.step), y: y(last[term]) };
}

/** Beside the curves' ends, moved apart where they would overlap. */
function drawLabels(svg, ends, height) {
  ends.sort((a, b) => a.y - b.y);
  let free = 0;
  const lowest = height - MARGIN.bottom + 4;
  ends.forEach((end, i) => {
    const room = lowest - (ends.length - 1 - i) * LABEL_HEIGHT;
    const at = Math.min(room, Math.max(end.y + 4, free));
    free = at + LABEL_HEIGHT;
    svg.append(element("text", { class: end.term, x: end.x + 8, y: at }, WORDS[end.term]));
  });
}
