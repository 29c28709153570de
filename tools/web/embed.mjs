// embed.mjs PAGE DRAWING OUTPUT: writes a C++ source that holds both files.
import fs from 'node:fs';

const [, , page, drawing, output] = process.argv;
// Compilers take string literals of 64 KiB; adjacent ones are one text.
const PIECE = 16000;

function literal(path) {
  const bytes = fs.readFileSync(path);
  const pieces = [];
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE).toString('latin1');
    if (piece.includes(')page"')) throw new Error(`${path} holds the end of a raw string`);
    pieces.push(`R"page(${piece})page"`);
  }
  return [pieces.join('\n'), bytes.length];
}

const [pageText, pageSize] = literal(page);
const [drawingText, drawingSize] = literal(drawing);
const text = `#include "tools/page/page_template.hpp"

namespace chokepoint {
namespace {
constexpr char kPage[] = ${pageText};
constexpr char kDrawing[] = ${drawingText};
static_assert(sizeof(kPage) == ${pageSize + 1} && sizeof(kDrawing) == ${drawingSize + 1});
}  // namespace

PageTemplate page_template() {
  return {{kPage, sizeof(kPage) - 1}, {kDrawing, sizeof(kDrawing) - 1}, {}};
}
}  // namespace chokepoint
`;
fs.writeFileSync(output, Buffer.from(text, 'latin1'));
