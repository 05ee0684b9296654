/** Even-odd rule; position is [lon, lat]. */
function isInsideRing(ring, [x, y]) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** @returns the city of the partition that holds the position, or undefined. */
export function findCity(cities, position) {
  return cities.features.find((city) => {
    const [outer, ...holes] = city.geometry.coordinates;
    return isInsideRing(outer, position) && !holes.some((hole) => isInsideRing(hole, position));
  });
}
