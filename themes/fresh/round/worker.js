// Keeps the pages that go round for ways without network.
"use strict";
var KEPT = "greenboard-round";

self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });
self.addEventListener("fetch", function (event) {
  var request = event.request;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(
    fetch(request).then(function (answer) {
      var copy = answer.clone();
      if (answer.ok) caches.open(KEPT).then(function (cache) { cache.put(request, copy); });
      return answer;
    }).catch(function () {
      return caches.open(KEPT).then(function (cache) { return cache.match(request); }).then(function (kept) {
        return kept || Response.error();
      });
    })
  );
});
