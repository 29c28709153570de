// Questions that people ask of `chokepoint policy`, with the answers that laws, vendors and
// analysts give. Each row of policy_cases.csv is a command, its exit code, and the phrases that its
// output holds, whatever the line breaks.

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>
#include <string_view>

#include "tests/tools/called_program.hpp"
#include "tests/validation/figures.hpp"

namespace chokepoint::validation {
namespace {

// The file has semicolons where the program has commas.
std::string on_one_line(const std::string& text) {
  std::istringstream in(text);
  std::string result;
  for (std::string word; in >> word;) result += (result.empty() ? "" : " ") + word;
  std::ranges::replace(result, ',', ';');
  return result;
}

// Phrases are parted by " / ".
std::vector<std::string> phrases_of(const std::string& cell) {
  constexpr std::string_view kGap = " / ";
  std::vector<std::string> phrases;
  for (std::size_t from = 0; from <= cell.size();) {
    const std::size_t gap = std::min(cell.find(kGap, from), cell.size());
    phrases.push_back(cell.substr(from, gap - from));
    from = gap + kGap.size();
  }
  return phrases;
}

TEST_CASE("policy cases: the program answers what people ask", "[validation][policy]") {
  const called::Folder folder;
  for (const Row& row : rows_of(beside_tests("policy_cases.csv"))) {
    INFO(row.at("id") << ": " << row.at("question") << " Right: " << row.at("expected"));
    INFO("chokepoint " << row.at("arguments"));
    const auto result = called::chokepoint(row.at("arguments"), folder);
    const std::string said = on_one_line(result.out + result.err);
    INFO(said.substr(0, 600));
    CHECK(result.exit_code == std::stoi(row.at("exit")));
    for (const std::string& phrase : phrases_of(row.at("says"))) {
      INFO("says: " << phrase);
      CHECK(said.find(phrase) != std::string::npos);
    }
  }
}

}  // namespace
}  // namespace chokepoint::validation
