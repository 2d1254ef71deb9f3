// The interpreter asks for these three of vega-util, which the Vega bundle carries.
const { ascending, isString } = window.vega;
export { ascending, isString };
export const DisallowedObjectProperties = window.vega.DisallowedObjectProperties || new Set([
  "__proto__", "constructor", "prototype", "__defineGetter__", "__defineSetter__",
  "__lookupGetter__", "__lookupSetter__",
]);
