#include "sim/logs/json_line.hpp"

#include <simdjson.h>

#include <array>
#include <utility>

#include "models/fingerprint.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

namespace json = simdjson::ondemand;

constexpr int kDeepest = 4;  // Objects inside objects that are looked into.
static_assert(LogLine::kPadding >= simdjson::SIMDJSON_PADDING);

std::string words_of(simdjson::error_code error) {
  switch (error) {
    case simdjson::UNCLOSED_STRING:
    case simdjson::INCOMPLETE_ARRAY_OR_OBJECT:
      return "this line is cut off, or is no JSON object";
    case simdjson::UTF8_ERROR:
      return "this line is no UTF-8";
    case simdjson::INCORRECT_TYPE:
    case simdjson::EMPTY:
      return "this line is no JSON object";
    default:
      return "this line is no JSON";
  }
}

std::string_view trimmed_token(std::string_view token) {
  const auto last = token.find_last_not_of(" \t\r\n");
  return token.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

}  // namespace

struct JsonLine::Parser {
  using Error = simdjson::error_code;

  /// What was found of a field's name, which mostly is that of the line before.
  struct Seen {
    std::string name;
    ColumnMeaning meaning;
  };

  const ColumnMeaning& meaning(std::string_view name) {
    if (fields == seen.size()) {
      seen.push_back({std::string(name), meaning_of(name, named)});
    } else if (seen[fields].name != name) {
      seen[fields] = {std::string(name), meaning_of(name, named)};
    }
    return seen[fields++].meaning;
  }

  Error read_blocks(json::value& value, std::vector<std::uint64_t>& into) {
    json::array list;
    if (const Error error = value.get_array().get(list)) return error;
    into.clear();
    for (auto element : list) {
      json::value one;
      if (const Error error = element.get(one)) return error;
      json::json_type type{};
      if (const Error error = one.type().get(type)) return error;
      if (type == json::json_type::string) {
        std::string_view text;
        if (const Error error = one.get_string().get(text)) return error;
        into.push_back(fingerprint(text));
        continue;
      }
      std::uint64_t block = 0;
      if (one.get_uint64().get(block) != simdjson::SUCCESS) {
        std::int64_t negative = 0;
        if (const Error error = one.get_int64().get(negative)) return error;
        block = static_cast<std::uint64_t>(negative);
      }
      into.push_back(block);
    }
    return simdjson::SUCCESS;
  }

  /// Text of a value that is no list and no object.
  Error read_text(json::value& value, json::json_type type, std::string_view& into) {
    if (type == json::json_type::string) return value.get_string().get(into);
    into = trimmed_token(value.raw_json_token());
    if (type == json::json_type::null) {
      if (into != "null") return simdjson::N_ATOM_ERROR;
      into = {};
    }
    return simdjson::SUCCESS;
  }

  /// Where a field stands: in which object of the line, and under which name.
  struct Field {
    std::size_t object = 0;
    std::string_view name;
    bool operator==(const Field&) const = default;
  };

  Error read_field(json::value& value, const Field& field, const ColumnMeaning& of, LogRecord& into,
                   int depth) {
    json::json_type type{};
    if (const Error error = value.type().get(type)) return error;
    if (type == json::json_type::object) {
      if (depth == kDeepest) return simdjson::SUCCESS;
      json::object inside;
      if (const Error error = value.get_object().get(inside)) return error;
      return read_object(inside, into, depth + 1);
    }
    if (!of.role) return simdjson::SUCCESS;
    const auto role = static_cast<std::size_t>(*of.role);
    LogRecord::Cell& cell = into.cells[role];
    const char* begin = value.raw_json_token().data();
    if (cell.is_there && givers[role] == field && !twice) {
      twice = LineComplaint{static_cast<std::size_t>(begin - line.data()),
                            concat("field ", in_quotes(field.name), " is there twice"),
                            "a request has one of each"};
    }
    if (cell.is_there && ranks[role] <= of.rank) return simdjson::SUCCESS;
    if (type == json::json_type::array) {
      if (*of.role != LogRole::Blocks) return simdjson::SUCCESS;
      if (const Error error = read_blocks(value, into.blocks)) return error;
    } else {
      if (const Error error = read_text(value, type, cell.text)) return error;
    }
    cell.offset = static_cast<std::size_t>(begin - line.data());
    cell.is_there = true;
    ranks[role] = of.rank;
    givers[role] = field;
    if (*of.role == LogRole::Arrival) arrival_unit = of.unit;
    return simdjson::SUCCESS;
  }

  Error read_object(json::object& object, LogRecord& into, int depth) {
    const std::size_t number = objects++;
    for (auto found : object) {
      json::field field;
      if (const Error error = std::move(found).get(field)) return error;
      std::string_view name;
      if (const Error error = field.unescaped_key().get(name)) return error;
      if (all_names != nullptr) all_names->emplace_back(name);
      const ColumnMeaning of = meaning(name);
      json::value value = field.value();
      if (const Error error = read_field(value, {number, name}, of, into, depth)) return error;
    }
    return simdjson::SUCCESS;
  }

  std::optional<LineComplaint> read(std::string_view text, LogRecord& into) {
    into.clear();
    line = text;
    fields = objects = 0;
    arrival_unit.reset();
    twice.reset();
    json::document document;
    Error error =
        parser.iterate(text.data(), text.size(), text.size() + LogLine::kPadding).get(document);
    const bool is_parsed = error == simdjson::SUCCESS;
    if (!error) {
      json::object object;
      error = document.get_object().get(object);
      if (!error) error = read_object(object, into, 0);
    }
    const char* next = nullptr;
    if (!error && document.current_location().get(next) == simdjson::SUCCESS) {
      return LineComplaint{static_cast<std::size_t>(next - text.data()),
                           "this line goes on after its object",
                           "a request is an object on a line of its own"};
    }
    if (!error) return twice;
    std::size_t offset =
        error == simdjson::UNCLOSED_STRING || error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT
            ? text.size()
            : 0;
    const char* at = nullptr;
    if (is_parsed && offset == 0 && document.current_location().get(at) == simdjson::SUCCESS &&
        at >= text.data() && at <= text.data() + text.size()) {
      offset = static_cast<std::size_t>(at - text.data());
    }
    return LineComplaint{offset, words_of(error), "a request is an object on a line of its own"};
  }

  NamedColumns named;
  json::parser parser{LogLines::kLongestLine * 2};
  std::vector<Seen> seen;
  std::size_t fields = 0, objects = 0;    ///< Of the line so far.
  std::array<Field, kLogRoles> givers{};  ///< Of what was read.
  std::optional<LineComplaint> twice;
  std::array<std::size_t, kLogRoles> ranks{};
  std::optional<TimeUnit> arrival_unit;
  std::string_view line;
  std::vector<std::string>* all_names = nullptr;
};

JsonLine::JsonLine(NamedColumns named) : parser_(new Parser) {
  parser_->named = std::move(named);
}

JsonLine::~JsonLine() = default;

std::optional<LineComplaint> JsonLine::read(std::string_view line, LogRecord& into) {
  return parser_->read(line, into);
}

std::optional<std::vector<std::string>> JsonLine::names(std::string_view line) {
  std::vector<std::string> names;
  parser_->all_names = &names;
  LogRecord ignored;
  const auto complaint = parser_->read(line, ignored);
  parser_->all_names = nullptr;
  if (complaint) return std::nullopt;
  return names;
}

std::optional<TimeUnit> JsonLine::arrival_unit() const {
  return parser_->arrival_unit;
}

std::size_t element_end(std::string_view list, std::size_t begin) {
  bool is_quoted = false;
  int depth = 0;
  for (std::size_t at = begin; at < list.size(); ++at) {
    const char c = list[at];
    if (is_quoted) {
      if (c == '\\') ++at;
      if (c == '"') is_quoted = false;
    } else if (c == '"') {
      is_quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return at;
      if (--depth == 0) return at + 1;
    } else if (c == ',' && depth == 0) {
      return at;
    }
  }
  return list.size();
}

}  // namespace chokepoint
