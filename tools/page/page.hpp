#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/page/figure.hpp"

namespace chokepoint {

/// A number that opens the page.
struct KeyFigure {
  std::string value, label, note;
};

/// Something that governments did, which stands by its number on every axis of dates.
struct NumberedEvent {
  int number = 0;
  std::string date;  ///< YYYY-MM-DD.
  std::string name;
  std::string effect;
};

/// "Seed", "1".
struct PageFact {
  std::string label, value;
};

/// Everything that a page shows. Texts are as people write them: nothing in them is markup.
struct Page {
  std::string kicker;  ///< Which kind of study it is.
  std::string headline;
  std::vector<std::string> answer;   ///< Sentences below it.
  std::vector<std::string> changes;  ///< What differs from the base, a line each.
  std::string question;
  std::vector<PageFact> about;
  std::vector<KeyFigure> keys;
  std::vector<NumberedEvent> events;
  std::vector<std::string> hues;  ///< Things that have a colour of their own, by rank.
  std::vector<PageFigure> figures;
  std::vector<std::string> caveats;  ///< First: what the whole is and is not.
  std::vector<std::string> sources;
  std::vector<std::string> commands;  ///< That make it again, in order.
};

/// Commands that make a page again: those that made its runs, each once ("" where it is not known,
/// which is said), then `report`, the words behind the program's name.
std::vector<std::string> made_again(const std::vector<std::string>& runs,
                                    const std::string& report);

/// `page` as JSON on one line, without "<": it can stand in a script element. Numbers have six
/// significant digits, which is more than any figure is known to.
std::string page_json(const Page& page);

/// What templates have in place of the data.
inline constexpr std::string_view kPageMarker = "/*__CHOKEPOINT_DATA__*/";

/// `form`, a template, with `json` in place of its marker. Requires: the marker stands in it once.
std::string filled_template(std::string_view form, const std::string& json);

}  // namespace chokepoint
