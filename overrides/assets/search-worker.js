// The slow part of the search, away from the page: gets {files, query, year}, answers with what `find` of search-nearest.js finds.
"use strict";

let opened = null;

onmessage = ({ data: { files, query, year } }) => {
  if (!opened) {
    importScripts(...files);
    opened = policySearch.open(self.policySearch_index);
  }
  const { found, approximate } = policyNearest.find(opened, query, self.policySearch_nearest, year);
  postMessage({ found: found.map(({ entry, score, terms }) => ({ rank: entry.rank, score, terms })), approximate });
};
