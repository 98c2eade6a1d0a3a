// Draws the plots of a page with uPlot, each when it comes into sight, from the file that it names.
"use strict";
(() => {
  const palette = ["#3d7edb", "#d9822b", "#2f9e6e", "#b44fc1", "#c9463d", "#7a8ca3", "#a0842c", "#2aa3b5", "#e06fa0", "#6f6bd6"];
  const files = new Map();
  const cursors = uPlot.sync("page");
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  // Grafana's links name a panel by its number.
  const viewed = new URLSearchParams(location.search).get("viewPanel");
  if (viewed !== null && location.hash === "" && /^\d+$/.test(viewed)) location.replace(`#panel-${viewed}`);

  const load = (url) => {
    if (location.protocol === "file:")
      return Promise.reject(new Error("a folder that is opened without a web server gives none."));
    if (!files.has(url))
      files.set(
        url,
        fetch(url).then(async (response) => {
          if (!response.ok) throw new Error((await response.text()).slice(0, 200) || `The server answers ${response.status}.`);
          return response.json();
        }),
      );
    return files.get(url);
  };

  const round = (value) => String(Number(value.toPrecision(4)));
  const format = (value, unit) => {
    if (value === null || value === undefined || Number.isNaN(value)) return "–";
    if (unit === "s") return value !== 0 && Math.abs(value) < 1 ? `${round(value * 1000)} ms` : `${round(value)} s`;
    if (unit === "percentunit") return `${round(value * 100)} %`;
    if (unit === "reqps" || unit === "cps") return `${round(value)}/s`;
    if (unit === "bytes") {
      const power = Math.min(4, Math.max(0, Math.floor(Math.log2(Math.max(1, Math.abs(value))) / 10)));
      return `${round(value / 1024 ** power)} ${["B", "KiB", "MiB", "GiB", "TiB"][power]}`;
    }
    return round(value);
  };
  const clock = (second) => `${Math.floor(second / 60)}:${String(Math.round(second) % 60).padStart(2, "0")}`;

  const lastOf = (values) => values.findLast((value) => value !== null);
  const maxOf = (values) =>
    values.reduce((most, value) => (value !== null && (most === undefined || value > most) ? value : most), undefined);

  const message = (place, text) => {
    const paragraph = document.createElement("p");
    paragraph.className = "no-plot";
    paragraph.textContent = text;
    place.replaceChildren(paragraph);
  };

  const colorAt = (value, { steps }) => steps.findLast((step) => step.value === null || value >= step.value)?.color ?? "text";

  const drawStat = (place, series, drawing) => {
    const numbers = series.map(({ legend, values }) => {
      const last = lastOf(values);
      const paragraph = document.createElement("p");
      paragraph.className = `stat is-${last === undefined ? "none" : colorAt(last, drawing)}`;
      paragraph.textContent =
        drawing.view === "gate" && last !== undefined ? (last >= 1 ? "holds" : "does not hold") : format(last, drawing.unit);
      const name = document.createElement("small");
      name.textContent = legend;
      paragraph.append(name);
      return paragraph;
    });
    place.replaceChildren(...numbers);
  };

  /** Lines at the thresholds, and bands while an alert waits and fires. */
  const decorate = (drawing, marks) => (plot) => {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (const { state, from, until, severity, toldAt } of marks) {
      const left = plot.valToPos(from, "x", true);
      const right = until === null ? bbox.left + bbox.width : plot.valToPos(until, "x", true);
      const color = state === "pending" ? style("orange") : severity === "page" ? style("red") : style("orange");
      ctx.globalAlpha = state === "pending" ? 0.1 : 0.22;
      ctx.fillStyle = color;
      ctx.fillRect(left, bbox.top, right - left, bbox.height);
      ctx.globalAlpha = 1;
      ctx.fillStyle = color;
      ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
      ctx.textAlign = "left";
      ctx.textBaseline = state === "pending" ? "bottom" : "top";
      const y = state === "pending" ? bbox.top + bbox.height - 4 : bbox.top + 4;
      const word = state === "pending" ? "pending" : toldAt === null ? "firing, silenced" : "firing";
      ctx.fillText(word, left + 3, y);
      if (until !== null && state === "firing") ctx.fillText("resolved", right + 3, y + 16 * devicePixelRatio);
    }
    ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.lineWidth = 1.6 * devicePixelRatio;
    for (const { value, color } of drawing.lines) {
      const y = plot.valToPos(value, "y", true);
      ctx.strokeStyle = style(color) || color;
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
    }
    ctx.restore();
  };

  const legendTable = (series, unit) => {
    const table = document.createElement("table");
    table.className = "legend";
    const rows = series
      .map(({ legend, values }, place) => ({
        legend,
        last: lastOf(values),
        max: maxOf(values),
        color: palette[place % palette.length],
      }))
      .sort((a, b) => (b.last ?? -Infinity) - (a.last ?? -Infinity))
      .map(({ legend, last, max, color }) => {
        const row = document.createElement("tr");
        const swatch = document.createElementNS("http://www.w3.org/2000/svg", "svg");
        swatch.setAttribute("class", "swatch");
        swatch.setAttribute("viewBox", "0 0 1 1");
        const square = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        square.setAttribute("width", "1");
        square.setAttribute("height", "1");
        square.setAttribute("fill", color);
        swatch.append(square);
        const cells = [legend, `last ${format(last, unit)}`, `max ${format(max, unit)}`].map((text) => {
          const cell = document.createElement("td");
          cell.textContent = text;
          return cell;
        });
        cells[0].prepend(swatch, " ");
        row.append(...cells);
        return row;
      });
    table.append(...rows);
    return table;
  };

  const stacked = (series) => {
    const sums = [];
    return series.map(({ values }) =>
      values.map((value, place) => (value === null ? null : (sums[place] = (sums[place] ?? 0) + value))),
    );
  };

  const drawGraph = (place, { seconds, isLive, alerts }, series, drawing) => {
    const own = (alerts ?? []).filter(({ name }) => name === place.dataset.marks);
    // Alerts of one name that differ in a label often come and go together: one band, not a darker one.
    const marks = [...new Map(own.map((mark) => [`${mark.state} ${mark.from} ${mark.until}`, mark])).values()];
    const height = 190;
    const target = document.createElement("div");
    place.replaceChildren(target, legendTable(series, drawing.unit));
    const axis = { stroke: style("faint"), grid: { stroke: style("line"), width: 1 }, ticks: { stroke: style("line") } };
    const plot = new uPlot(
      {
        width: place.clientWidth,
        height,
        cursor: { sync: { key: cursors.key } },
        legend: { show: false },
        scales: {
          x: { time: isLive },
          y: {
            range: (_, low, high) => {
              const top = Math.max(high ?? 0, drawing.reach ?? 0);
              const bottom = Math.min(low ?? 0, 0);
              return [bottom, top === bottom ? bottom + 1 : top + (top - bottom) * 0.06];
            },
          },
        },
        axes: [
          isLive ? axis : { ...axis, values: (_, ticks) => ticks.map(clock), incrs: [30, 60, 120, 300, 600, 1200, 1800, 3600] },
          { ...axis, size: 74, values: (_, ticks) => ticks.map((tick) => format(tick, drawing.unit)) },
        ],
        series: [
          {},
          ...series.map(({ legend }, number) => ({
            label: legend,
            stroke: palette[number % palette.length],
            width: 2,
            points: { show: seconds.length < 3 },
            ...(drawing.stacked && { fill: `${palette[number % palette.length]}40` }),
          })),
        ],
        hooks: { drawAxes: [decorate(drawing, marks)] },
      },
      [seconds, ...(drawing.stacked ? stacked(series) : series.map(({ values }) => values))],
      target,
    );
    new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height })).observe(place);
  };

  const draw = async (place) => {
    const drawing = JSON.parse(place.dataset.drawing);
    const { source, panel } = place.dataset;
    const isAsked = source.endsWith("live.json");
    try {
      const file = await load(isAsked ? `${source}?panel=${encodeURIComponent(panel)}` : source);
      const series = file.panels[panel] ?? [];
      if (series.length === 0) message(place, "No data: the queries find no series here.");
      else if (drawing.view === "timeseries") drawGraph(place, file, series, drawing);
      else drawStat(place, series, drawing);
    } catch (error) {
      message(place, `There is no plot: ${error.message}`);
    }
    place.dataset.drawn = "";
  };

  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        watcher.unobserve(target);
        void draw(target);
      }
    },
    { rootMargin: "400px" },
  );
  const places = [...document.querySelectorAll(".plot[data-source]")];
  for (const place of places) {
    message(place, "…");
    watcher.observe(place);
  }
  addEventListener("beforeprint", () => {
    watcher.disconnect();
    for (const place of places) if (!("drawn" in place.dataset)) void draw(place);
  });
})();
