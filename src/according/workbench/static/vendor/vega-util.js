// What the interpreter asks for of vega-util, written for the workbench: the bundle does not hand it out.
export const isString = (value) => typeof value === "string";

const plain = (value) => (value instanceof Date ? Number(value) : value);

export const ascending = (a, b) => {
  const [x, y] = [plain(a), plain(b)];
  const [noX, noY] = [x == null || Number.isNaN(x), y == null || Number.isNaN(y)];
  if (noX || noY) return Number(noY) - Number(noX);
  return x < y ? -1 : x > y ? 1 : 0;
};

export const DisallowedObjectProperties = new Set([
  "__proto__", "constructor", "prototype", "__defineGetter__", "__defineSetter__",
  "__lookupGetter__", "__lookupSetter__",
]);
