// The slow part of the search, away from the page: gets {files, query, today}, answers with what `find` of search-nearest.js finds.
"use strict";

let opened = null;

onmessage = ({ data: { files, query, today } }) => {
  if (!opened) {
    importScripts(...files);
    opened = policySearch.open(self.policySearch_index);
  }
  const { found, ...answer } = policyNearest.find(opened, query, self.policySearch_nearest, today);
  postMessage({ found: found.map(({ entry, score, terms, astride }) => ({ rank: entry.rank, score, terms, astride })), ...answer });
};
