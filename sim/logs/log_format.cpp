#include "sim/logs/log_format.hpp"

#include <algorithm>
#include <array>

#include "sim/logs/csv_line.hpp"
#include "sim/logs/json_line.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

constexpr std::array<LogFormatFacts, kRequestLogFormats> kFacts = {{
    {"azure", true, std::nullopt, 0},
    {"burstgpt", true, TimeUnit::Second, 0},
    {"mooncake", false, TimeUnit::Millisecond, 512},
    {"qwen", false, TimeUnit::Second, 16},
    {"servegen", true, TimeUnit::Second, 0},
    {"engine", false, TimeUnit::Second, 0},
    {"benchmark", false, TimeUnit::Second, 0},
    {"csv", true, std::nullopt, 0},
    {"jsonl", false, std::nullopt, 0},
}};

struct Magic {
  std::string_view bytes, what, help;
};
constexpr std::string_view kUnpack = "unpack it first; gzip and Zstandard are read as they are";
constexpr Magic kMagic[] = {
    {"PAR1", "is a Parquet file", "write it as CSV or as lines of JSON, with DuckDB or pandas"},
    {"ARROW1", "is an Arrow file", "write it as CSV or as lines of JSON"},
    {"SQLite format 3", "is a database", "export its table as CSV"},
    {"PK\x03\x04", "is a zip archive, or a spreadsheet", "unpack it, or save the sheet as CSV"},
    {"\xfd"
     "7zXZ",
     "is packed with xz", kUnpack},
    {"BZh", "is packed with bzip2", kUnpack},
    {"\x7f"
     "ELF",
     "is a program", ""},
    {"%PDF", "is a PDF", ""},
    {"\x89PNG", "is a picture", ""},
    {"\x93NUMPY", "is an array of NumPy", "write it as CSV with a header"},
    {"\x80\x04", "is a pickle of Python", "write it as CSV or as lines of JSON"},
    {"\xff\xfe", "is text of UTF-16", "save it as UTF-8"},
    {"\xfe\xff", "is text of UTF-16", "save it as UTF-8"}};

constexpr std::string_view kSupported =
    "a log is a CSV with named columns, or a line of JSON per request: when it arrived, tokens of "
    "its prompt, tokens of its answer";

/// The first line that is neither empty nor a comment.
std::string_view first_line(std::string_view head) {
  for (;;) {
    const auto begin = head.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    head.remove_prefix(begin);
    std::string_view line = head.substr(0, head.find('\n'));
    head.remove_prefix(line.size());
    if (line.starts_with('#')) continue;
    while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
    return line;
  }
}

bool has_all(const std::vector<std::string>& names,
             std::initializer_list<std::string_view> wanted) {
  return std::all_of(wanted.begin(), wanted.end(),
                     [&](std::string_view one) { return has_column(names, one); });
}

RequestLogFormat table_format(const std::vector<std::string>& names) {
  if (has_all(names, {"TIMESTAMP", "ContextTokens", "GeneratedTokens"})) {
    return RequestLogFormat::Azure;
  }
  if (has_all(names, {"Timestamp", "Request tokens", "Response tokens"})) {
    return RequestLogFormat::BurstGpt;
  }
  return RequestLogFormat::Csv;
}

RequestLogFormat object_format(const std::vector<std::string>& names) {
  if (has_column(names, "num_prompts") || has_column(names, "input_lens") ||
      has_all(names, {"completed", "total_output_tokens"})) {
    return RequestLogFormat::Benchmark;
  }
  if (has_all(names, {"chat_id", "parent_chat_id", "timestamp"})) return RequestLogFormat::Qwen;
  if (has_all(names, {"timestamp", "input_length", "output_length"})) {
    return RequestLogFormat::Mooncake;
  }
  if (has_all(names, {"arrival_time", "first_token_ts"})) return RequestLogFormat::Engine;
  return RequestLogFormat::Jsonl;
}

/// A row of ServeGen's curves, which have no header: six cells, five of them numbers.
bool is_servegen_row(const std::vector<CsvCell>& cells) {
  const auto is_number = [](const CsvCell& cell) {
    return !cell.text.empty() &&
           cell.text.find_first_not_of("0123456789.eE+-") == std::string_view::npos;
  };
  return cells.size() == 6 && std::count_if(cells.begin(), cells.end(), is_number) == 5 &&
         !is_number(cells[3]);
}

/// The format of the first object of a list.
RequestLogFormat format_of_list(std::string_view head) {
  const std::size_t begin = head.find('{');
  if (begin == std::string_view::npos) return RequestLogFormat::Jsonl;
  const auto names = JsonLine({}).names(head.substr(begin, element_end(head, begin) - begin));
  const auto format = names ? object_format(*names) : RequestLogFormat::Jsonl;
  // Results of a benchmark are one object.
  return format == RequestLogFormat::Benchmark ? RequestLogFormat::Jsonl : format;
}

std::variant<RequestLogFormat, NoLog> format_of_json(std::string_view head) {
  if (first_line(head).starts_with('[')) return format_of_list(head);
  if (const auto names = JsonLine({}).names(first_line(head))) return object_format(*names);
  for (const char* key : {"\"num_prompts\"", "\"input_lens\"", "\"total_output_tokens\""}) {
    if (head.find(key) != std::string_view::npos) return RequestLogFormat::Benchmark;
  }
  if (head.find("\"input_tokens\": \"{") != std::string_view::npos) {
    return NoLog{"holds lengths of a client of ServeGen, and no arrivals",
                 "give its chunk-N-trace.csv, or the folder of all clients"};
  }
  return RequestLogFormat::Jsonl;  // Its first line is wrong, and will be told.
}

}  // namespace

const LogFormatFacts& facts_of(RequestLogFormat format) {
  return kFacts[static_cast<std::size_t>(format)];
}

std::vector<std::string> request_log_format_names() {
  std::vector<std::string> names;
  names.reserve(kFacts.size());
  for (const LogFormatFacts& one : kFacts) names.emplace_back(one.name);
  return names;
}

std::optional<RequestLogFormat> request_log_format_named(std::string_view name) {
  const auto found = std::find_if(kFacts.begin(), kFacts.end(),
                                  [&](const LogFormatFacts& one) { return one.name == name; });
  if (found == kFacts.end()) return std::nullopt;
  return static_cast<RequestLogFormat>(found - kFacts.begin());
}

std::optional<NoLog> binary_complaint(std::string_view head) {
  for (const Magic& magic : kMagic) {
    if (head.starts_with(magic.bytes))
      return NoLog{std::string(magic.what), std::string(magic.help)};
  }
  const bool is_text = std::none_of(head.begin(), head.end(), [](char c) {
    return static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f';
  });
  if (!is_text) return NoLog{"holds bytes that are no text", std::string(kSupported)};
  const auto carriage_return = head.find('\r');
  if (head.find('\n') == std::string_view::npos && carriage_return < head.size() - 1) {
    return NoLog{"ends its lines in CR alone", "save it with LF or CR LF as line ends"};
  }
  return std::nullopt;
}

std::variant<RequestLogFormat, NoLog> recognized_request_log(std::string_view head) {
  if (auto binary = binary_complaint(head)) return *binary;
  const std::string_view line = first_line(head);
  if (line.empty()) return NoLog{"is empty", std::string(kSupported)};
  if (line.starts_with('{') || line.starts_with('[')) return format_of_json(head);
  CsvLine header;
  header.split(line, separator_of(line));
  if (is_servegen_row(header.cells())) return RequestLogFormat::ServeGen;
  std::vector<std::string> names;
  names.reserve(header.cells().size());
  for (const CsvCell& cell : header.cells()) names.emplace_back(cell.text);
  const ColumnChoice choice = chosen_columns(names, {});
  const bool has_any = std::any_of(choice.by_role.begin(), choice.by_role.end(),
                                   [](const auto& column) { return column.has_value(); });
  if (has_any || names.size() > 1) return table_format(names);
  return NoLog{concat("is no log of requests: it begins with ", in_quotes(line)),
               std::string(kSupported)};
}

}  // namespace chokepoint
