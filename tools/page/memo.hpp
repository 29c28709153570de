#pragma once

#include <string>
#include <string_view>

#include "tools/page/page.hpp"

namespace chokepoint {

/// `page` as a memo in Markdown: the same sentences, tables of listings, and a picture for each
/// other figure in the folder `pictures`, "<id>.svg". Nothing in a text is read as Markdown or
/// HTML.
std::string memo_text(const Page& page, const std::string& pictures);

/// `text` so that Markdown shows it as it is, on one line.
std::string markdown_escaped(std::string_view text);

}  // namespace chokepoint
