#include "tools/commands/options/help_format.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "tools/print/wrap.hpp"

namespace chokepoint {
namespace {

TEST_CASE("help: what is said of an option is broken into lines and stays in its column",
          "[help]") {
  CLI::App app("Does things");
  app.formatter(std::make_shared<HelpFormat>());
  std::string word, sentence;
  for (int i = 0; i < 40; ++i) sentence += "word" + std::to_string(i) + " ";
  app.add_option("--short", word, sentence);
  app.add_option("--a-name-that-is-longer-than-its-column", word, sentence);
  app.add_subcommand("verb", sentence);
  const std::string help = app.help();
  std::size_t words = 0;
  std::istringstream lines(help);
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    CHECK(line.size() <= kTextWidth);
    if (line.find("word") == std::string::npos) continue;
    CHECK(line.find("word") == app.get_formatter()->get_column_width());
    for (std::size_t at = line.find("word"); at != std::string::npos;
         at = line.find("word", at + 1))
      ++words;
  }
  CHECK(words == 3 * 40);
}

}  // namespace
}  // namespace chokepoint
