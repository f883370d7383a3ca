// “我在店里”: how far this phone is from the registered address. Everything is computed here; the position never leaves the
// phone, and what may be sent is one of three words. The page works without this file.
"use strict";

(() => {
  const box = document.querySelector("[data-measure]");
  if (!box || !navigator.geolocation) {
    return;
  }
  const result = box.querySelector("[data-measure-result]");
  const NEAR_M = 200;
  const FAR_M = 2000;
  const WORST_ACCURACY_M = 1000;
  const EARTH_M = 6371008.8;
  const { toGcj, radians } = window.fangxinMap;
  const metres = (lng, lat) => {
    const [toLng, toLat] = [Number(box.dataset.lng), Number(box.dataset.lat)];
    const half = (degrees) => Math.sin(radians(degrees) / 2) ** 2;
    const chord = half(toLat - lat) + Math.cos(radians(lat)) * Math.cos(radians(toLat)) * half(toLng - lng);
    return 2 * EARTH_M * Math.asin(Math.sqrt(chord));
  };

  const measured = ({ coords }) => {
    const accuracy = coords.accuracy || 0;
    if (accuracy > WORST_ACCURACY_M) {
      result.textContent = "手机定位不准，量不出来。不影响反映，直接点上面的按钮就行。";
      return;
    }
    // Some phones sold in China tell GCJ-02 already: the nearer of the two readings is believed.
    const away = Math.min(
      metres(...toGcj(coords.longitude, coords.latitude)),
      metres(coords.longitude, coords.latitude),
    );
    const [bucket, words] =
      away < NEAR_M
        ? ["near", "您离登记地址不到 200 米。"]
        : away - accuracy > FAR_M
          ? ["far", "您离登记地址超过 2 公里，这块牌很可能被人冒用了。请告诉监管部门。"]
          : ["middle", "您离登记地址在 2 公里以内。"];
    result.textContent = words;
    for (const field of document.querySelectorAll('input[name="bucket"]')) {
      field.value = bucket;
    }
    box.querySelector("[data-measure-send]").hidden = false;
  };

  const failed = () => {
    result.textContent = "没有取得定位。不影响反映，直接点上面的按钮就行。";
  };

  box.hidden = false;
  box.querySelector("[data-measure-start]").addEventListener("click", () => {
    result.textContent = "正在量……";
    navigator.geolocation.getCurrentPosition(measured, failed, { enableHighAccuracy: true, timeout: 15000, maximumAge: 0 });
  });
})();
