// From a browser's position to that of Chinese maps, for the scripts that come after this one.
"use strict";

window.fangxinMap = (() => {
  // The ellipsoid of GCJ-02, the offset system of Chinese maps (Krasovsky 1940).
  const AXIS_M = 6378245;
  const ECCENTRICITY_2 = 0.00669342162296594323;
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const waves = (along, ...terms) =>
    terms.reduce((sum, [size, period]) => sum + size * Math.sin((along * Math.PI) / period), 0) * (2 / 3);

  // Browsers tell WGS-84, the register holds GCJ-02: in Wenzhou the two lie about 500 metres apart.
  const toGcj = (lng, lat) => {
    const x = lng - 105;
    const y = lat - 35;
    const common = waves(x, [20, 1 / 6], [20, 1 / 2]);
    const north =
      -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x)) + common +
      waves(y, [20, 1], [40, 3], [160, 12], [320, 30]);
    const east =
      300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x)) + common +
      waves(x, [20, 1], [40, 3], [150, 12], [300, 30]);
    const flat = 1 - ECCENTRICITY_2 * Math.sin(radians(lat)) ** 2;
    const perNorth = (AXIS_M * (1 - ECCENTRICITY_2)) / flat ** 1.5;
    const perEast = (AXIS_M / Math.sqrt(flat)) * Math.cos(radians(lat));
    return [lng + ((east / perEast) * 180) / Math.PI, lat + ((north / perNorth) * 180) / Math.PI];
  };

  return { toGcj, radians };
})();
