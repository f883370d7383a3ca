// Units by distance: the phone is asked where it is when the button is pressed, and what it says is rounded to about 100 m before it is sent.
"use strict";

(() => {
  const form = document.querySelector("form[data-nearby]");
  const status = document.querySelector("[data-nearby-status]");
  if (!form || !navigator.geolocation) {
    return;
  }
  const PER_DEGREE = 1000;
  const found = ({ coords }) => {
    const [lng, lat] = window.fangxinMap.toGcj(coords.longitude, coords.latitude);
    form.elements.lng_e3.value = Math.round(lng * PER_DEGREE);
    form.elements.lat_e3.value = Math.round(lat * PER_DEGREE);
    form.submit();
  };
  const failed = ({ code, PERMISSION_DENIED }) => {
    status.textContent =
      code === PERMISSION_DENIED
        ? "您没有允许取位置，这没有关系：可以在名录里按县（市、区）和店名查。想按距离排，请在浏览器设置里允许本站使用位置，再点一次。"
        : "没有定到位。请打开定位，到开阔一点的地方再点一次；也可以在名录里按县（市、区）和店名查。";
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    status.textContent = "正在取您的位置……";
    navigator.geolocation.getCurrentPosition(found, failed, { timeout: 15000, maximumAge: 60000 });
  });
})();
