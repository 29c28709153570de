#include "sim/measure/logs/json_documents.hpp"

#include <google/protobuf/util/json_util.h>

#include <algorithm>

namespace chokepoint {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

/// Where the parser's complaint points: it quotes what is around, with a caret below.
std::size_t offset_in(std::string_view document, std::string_view complaint) {
  const auto first = complaint.find('\n'), last = complaint.rfind('\n');
  if (first == std::string_view::npos || first == last) return 0;
  const std::string_view quoted = complaint.substr(first + 1, last - first - 1);
  const auto at = document.find(quoted);
  if (at == std::string_view::npos) return 0;
  return std::min(at + (complaint.size() - last - 2), document.size());
}

/// "completed" of "(completed): invalid value ...", and of "(successes.latency.mean)" its last
/// part.
std::string_view field_in(std::string_view complaint) {
  if (!complaint.starts_with('(')) return {};
  const auto end = complaint.find(')');
  if (end == std::string_view::npos) return {};
  const std::string_view path = complaint.substr(1, end - 1);
  const std::string_view last = path.substr(path.rfind('.') + 1);
  return last.substr(0, last.find('['));
}

void complain_of(const LogSource& source, std::string_view document, const std::string& complaint,
                 Diagnostics& found) {
  const std::string_view field = field_in(complaint);
  const SourceLocation where = field.empty()
                                   ? source.place(document.substr(offset_in(document, complaint)))
                                   : place_of_key(source, document, field);
  std::string first = complaint.substr(0, complaint.find('\n'));
  if (const auto type = first.find(" for type "); type != std::string::npos) first.resize(type);
  while (first.ends_with('.')) first.pop_back();
  found.error(where, (field.empty() ? "this is no JSON: " : "") + first,
              "give the file as the benchmark wrote it");
}

}  // namespace

std::vector<std::string_view> json_documents(std::string_view text) {
  const std::string_view all = trimmed(text);
  std::string_view rest = all;
  const std::string_view first = trimmed(next_line(rest));
  if (!first.starts_with('{') || !first.ends_with('}')) return {all};
  std::vector<std::string_view> documents = {first};
  while (!rest.empty()) {
    const std::string_view line = trimmed(next_line(rest));
    if (!line.empty()) documents.push_back(line);
  }
  return documents;
}

std::string without_bare_words(std::string_view text) {
  struct Word {
    std::string_view bare, instead;
  };
  constexpr Word kWords[] = {
      {" NaN", "null"}, {"-Infinity", "\"-inf\"   "}, {"Infinity", "\"inf\"   "}, {"NaN", "\"\" "}};
  std::string made(text);
  bool is_in_string = false;
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (made[i] == '\\' && is_in_string) {
      ++i;
    } else if (made[i] == '"') {
      is_in_string = !is_in_string;
    } else if (!is_in_string &&
               (made[i] == ' ' || made[i] == '-' || made[i] == 'I' || made[i] == 'N')) {
      for (const Word& word : kWords) {
        if (made.compare(i, word.bare.size(), word.bare) != 0) continue;
        made.replace(i, word.bare.size(), word.instead);
        i += word.bare.size() - 1;
        break;
      }
    }
  }
  return made;
}

bool read_json(const LogSource& source, std::string_view document,
               google::protobuf::Message& message, Diagnostics& found) {
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  const auto status =
      google::protobuf::util::JsonStringToMessage(without_bare_words(document), &message, options);
  if (!status.ok()) complain_of(source, document, std::string(status.message()), found);
  return status.ok();
}

SourceLocation place_of_key(const LogSource& source, std::string_view document,
                            std::string_view key) {
  const auto at = document.find('"' + std::string(key) + '"');
  if (at != std::string_view::npos) return source.place(document.substr(at));
  return document == trimmed(source.text()) ? source.whole() : source.place(document);
}

}  // namespace chokepoint
