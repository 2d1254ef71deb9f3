// Charts come as pictures; where scripts run, the picture gives way to one that answers to the pointer.
// The interpreter spares Vega from making code out of text, which the page's policy forbids.
import { expressionInterpreter } from "/static/vendor/vega-interpreter.js";

const figure = document.querySelector("figure[data-spec]");
if (figure && window.vegaEmbed) {
  const live = figure.querySelector(".live");
  const dark = () => {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const tell = () => {
    const box = document.createElement("output");
    box.className = "tip";
    live.before(box);
    return (_handler, _event, _item, value) => {
      box.textContent = value ? Object.entries(value).map(([k, v]) => `${k}: ${v}`).join(" · ") : "";
    };
  };
  const show = async () => {
    const narrow = matchMedia("(max-width: 40rem)").matches ? "&narrow=yes" : "";
    const spec = await (await fetch(`${figure.dataset.spec}&theme=${dark() ? "dark" : "light"}${narrow}`)).json();
    await window.vegaEmbed(live, spec, {
      ast: true, expr: expressionInterpreter, actions: false, renderer: "canvas", defaultStyle: false, tooltip: tell(),
    });
    live.hidden = false;
    figure.querySelector("picture").hidden = true;
    figure.dataset.state = "live";
  };
  show().catch((error) => { figure.dataset.state = "picture"; console.warn(`the chart stays a picture: ${error}`); });
}
