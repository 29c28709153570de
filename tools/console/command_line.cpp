#include "tools/console/command_line.hpp"

#include <fstream>
#include <string_view>

namespace chokepoint {
namespace {

bool needs_quotes(const std::string& word) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,@%+";
  return word.empty() || word.find_first_not_of(kPlain) != std::string::npos;
}

}  // namespace

std::vector<std::string> typed_arguments() {
  std::ifstream in("/proc/self/cmdline", std::ios::binary);
  std::vector<std::string> words;
  for (std::string word; std::getline(in, word, '\0');) words.push_back(std::move(word));
  if (!words.empty()) words.erase(words.begin());
  return words;
}

std::string shell_word(const std::string& word) {
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? "'\\''" : std::string(1, c);
  return quoted + "'";
}

std::string command_that_made(const v1::RunRecord& record) {
  std::string command = record.arguments().empty() ? "" : "chokepoint";
  for (const std::string& word : record.arguments()) {
    command += " " + (needs_quotes(word) ? shell_word(word) : word);
  }
  return command;
}

}  // namespace chokepoint
