// Keeps a screen's page and pictures for times without network. It answers from the network
// where there is one, and from what it kept where there is none; pictures are named by their
// content, so what was kept of them is as good as new.
"use strict";
var KEPT = "greenboard-screen";

self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });

function plain(url) { return url.split("?")[0]; }

// Fetches what is not kept yet, then drops what the page no longer needs.
function keep(parts) {
  return caches.open(KEPT).then(function (cache) {
    var wanted = parts.map(plain);
    return Promise.all(wanted.map(function (url) {
      return fetch(url, { cache: "no-cache" }).then(function (answer) {
        return answer.ok ? cache.put(url, answer) : null;
      }).catch(function () {});
    })).then(function () { return cache.keys(); }).then(function (requests) {
      return Promise.all(requests.map(function (request) {
        return wanted.indexOf(plain(request.url)) < 0 ? cache.delete(request) : null;
      }));
    });
  });
}

self.addEventListener("message", function (event) {
  if (event.data && event.data.keep) event.waitUntil(keep(event.data.keep));
});

self.addEventListener("fetch", function (event) {
  var request = event.request;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(
    fetch(request).then(function (answer) {
      if (answer.ok && /\/slides\.js$/.test(plain(request.url))) {
        var copy = answer.clone();
        caches.open(KEPT).then(function (cache) { cache.put(plain(request.url), copy); });
      }
      return answer;
    }).catch(function () {
      return caches.open(KEPT).then(function (cache) { return cache.match(plain(request.url)); }).then(function (kept) {
        return kept || Response.error();
      });
    })
  );
});
