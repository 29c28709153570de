#include "sim/logs/log_requests.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include "models/fingerprint.hpp"
#include "sim/logs/arrival_time.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

constexpr std::uint32_t kMostTokensOfOne = 10'000'000;
constexpr std::size_t kKeptOfLine = std::size_t{1} << 16U;  // For the report.
constexpr std::uint32_t kUsualBlocks[] = {16, 32, 64, 128, 256, 512, 1024, 2048, 4096};
constexpr std::uint32_t kBlockOtherwise = 512;

std::uint64_t name_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : fingerprint(text);
}

std::uint32_t blocks_of(std::uint32_t prompt, std::uint32_t block) {
  return (prompt + block - 1) / block;
}

/// The size that makes `count` blocks of the prompt, of whole ones and perhaps a partial one;
/// `otherwise` where it does, or where no usual one does and it is stated.
std::uint32_t fitting_block(std::uint32_t prompt, std::size_t count, std::uint32_t otherwise) {
  const auto fits = [&](std::uint32_t size) {
    return blocks_of(prompt, size) == count || prompt / size == count;
  };
  if (otherwise > 0 && fits(otherwise)) return otherwise;
  const auto* found = std::find_if(std::begin(kUsualBlocks), std::end(kUsualBlocks), fits);
  if (found != std::end(kUsualBlocks)) return *found;
  return otherwise > 0 ? otherwise : kBlockOtherwise;
}

std::string what_is_missing(LogRole role) {
  if (role == LogRole::Arrival) return "when requests arrive";
  return role == LogRole::Prompt ? "how many tokens prompts have" : "how many tokens answers have";
}

}  // namespace

LogRequests::LogRequests(const std::filesystem::path& path, RequestLogFormat format,
                         const RequestLogOptions& options, Diagnostics& found)
    : file_(path.string()),
      format_(format),
      options_(options),
      records_(path, facts_of(format).is_table, options.columns) {
  if (!records_.header()) return;
  const LogLine& header = *records_.header();
  if (const auto& wrong = records_.header_complaint()) {
    report(header, *wrong, found);
    is_over_ = true;
    return;
  }
  for (std::size_t role = 0; role < kLogRoles; ++role) {
    record_.cells[role].is_there = records_.choice().by_role[role].has_value();
  }
  const auto lacking = lacking_roles(header);
  if (!lacking) return;
  report(header, *lacking, found);
  is_over_ = true;
}

std::optional<LineComplaint> LogRequests::lacking_roles(const LogLine& line) {
  const std::string columns = concat("its columns are ", listed(records_.names(line)));
  for (const auto& [role, column] : options_.columns) {
    if (record_[role].is_there) continue;
    return LineComplaint{0, concat("this log has no column ", in_quotes(column)), columns};
  }
  std::string lacking;
  for (const LogRole role : {LogRole::Arrival, LogRole::Prompt, LogRole::Output}) {
    const bool may_lack = role == LogRole::Arrival && options_.may_lack_times;
    if (record_[role].is_there || may_lack) continue;
    lacking += (lacking.empty() ? "" : ", nor ") + what_is_missing(role);
  }
  lacks_times_ = !record_[LogRole::Arrival].is_there;
  has_roles_ = lacking.empty();
  if (has_roles_) return std::nullopt;
  const bool lacks_only_times = lacking == what_is_missing(LogRole::Arrival);
  return LineComplaint{
      0, "this log does not say " + lacking,
      concat(columns, "; say which one does, as in --column ",
             lacks_only_times ? "arrival=NAME, or give --rate or --concurrency" : "output=NAME")};
}

SourceLocation LogRequests::place(const LogLine& line, std::size_t offset) const {
  const std::string_view before = line.text.substr(0, offset);
  const auto more = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t begin = before.rfind('\n') + 1;  // npos + 1 is 0.
  const auto number = std::min<std::uint64_t>(line.number + more, std::numeric_limits<int>::max());
  const std::size_t column = before.size() - begin + (more == 0 ? line.column : 1);
  return {file_, static_cast<int>(number), static_cast<int>(column)};
}

void LogRequests::report(const LogLine& line, const LineComplaint& complaint,
                         Diagnostics& found) const {
  const std::size_t offset = std::min(complaint.offset, line.text.size());
  const SourceLocation where = place(line, offset);
  const std::size_t begin = line.text.substr(0, offset).rfind('\n') + 1;
  std::string shown(begin == 0 ? line.column - 1 : 0, ' ');
  shown += line.text.substr(begin, std::min(line.text.find('\n', begin) - begin, kKeptOfLine));
  found.remember_line(where, std::move(shown));
  found.error(where, complaint.message, complaint.help);
}

std::optional<LineComplaint> LogRequests::read_arrival(Request& into) {
  if (lacks_times_) return std::nullopt;
  const LogRecord::Cell& cell = record_[LogRole::Arrival];
  const auto complain = [&](std::string message, std::string help) {
    return LineComplaint{cell.offset, std::move(message), std::move(help)};
  };
  if (!cell.is_there) return complain("the time of arrival is missing", "");
  if (!unit_) unit_ = options_.unit;
  if (!unit_) unit_ = records_.arrival_unit();
  if (!unit_) unit_ = unit_of_epoch(cell.text);
  if (!unit_) unit_ = facts_of(format_).unit.value_or(TimeUnit::Second);
  const auto read = read_time(cell.text, *unit_);
  if (const auto* none = std::get_if<NoTime>(&read)) {
    return complain("the time of arrival " + none->wrong,
                    "times are numbers, or dates such as 2024-05-10 00:00:00.25+00:00");
  }
  const LogTime time = std::get<LogTime>(read);
  if (has_dates_.value_or(time.is_date) != time.is_date) {
    return complain("this time is a date, and others are numbers, or the other way round",
                    "let all times be of one kind");
  }
  if (first_ && time.nanoseconds < last_) {
    return complain("time goes back: this request arrived before the one above it",
                    "sort the log by arrival");
  }
  has_dates_ = time.is_date;
  last_ = time.nanoseconds;
  if (!first_) first_ = last_;
  into.arrival = last_ - *first_;
  return std::nullopt;
}

std::optional<LineComplaint> LogRequests::read_tokens(LogRole role, std::uint32_t& into) const {
  const LogRecord::Cell& cell = record_[role];
  const std::string what =
      role == LogRole::Prompt ? "tokens of the prompt" : "tokens of the answer";
  if (!cell.is_there || cell.text.empty()) {
    return LineComplaint{cell.offset, what + " are missing", ""};
  }
  double value = 0;
  const char* const end = cell.text.data() + cell.text.size();
  const auto [read, error] = std::from_chars(cell.text.data(), end, value);
  const bool is_count = error == std::errc{} && read == end && value >= 0 &&
                        value <= kMostTokensOfOne && value == std::floor(value);
  if (!is_count) {
    const std::string range = concat("must be a whole number from 0 to ", kMostTokensOfOne);
    const bool is_word = std::isalpha(static_cast<unsigned char>(cell.text.front())) != 0;
    const std::string other =
        is_word ? concat("; --column ", name(role), "=NAME says which column counts") : "";
    return LineComplaint{cell.offset, concat(what, " are ", in_quotes(cell.text)), range + other};
  }
  into = static_cast<std::uint32_t>(value);
  return std::nullopt;
}

void LogRequests::read_blocks(Request& into) {
  if (record_.blocks.empty()) return;
  if (options_.block_tokens == 0) {
    options_.block_tokens =
        fitting_block(into.prompt, record_.blocks.size(), facts_of(format_).block_tokens);
  }
  into.block_tokens = options_.block_tokens;
  into.blocks = record_.blocks;
  const std::size_t most = blocks_of(into.prompt, into.block_tokens);
  if (into.blocks.size() <= most) return;
  into.blocks.resize(most);
  ++counts_.clipped;
}

void LogRequests::read_turn(Request& into) {
  const LogRecord::Cell& session = record_[LogRole::Session];
  if (session.text.empty()) return;
  std::uint64_t name = name_in(session.text);
  const LogRecord::Cell& parent = record_[LogRole::Parent];
  if (parent.is_there) {
    const auto found = sessions_.find(name_in(parent.text));
    const std::uint64_t root = found == sessions_.end() ? name : found->second;
    sessions_[name] = root;
    name = root;
  }
  into.turn = SessionTurn{name, 0};
  const std::string_view stated = record_[LogRole::Turn].text;
  const std::uint64_t turn = stated.empty() ? 0 : name_in(stated);
  if (!stated.empty() && turn <= kMostTokensOfOne) {
    const bool counts_from_1 = format_ == RequestLogFormat::Qwen && turn > 0;
    into.turn->turn = static_cast<std::uint32_t>(turn - (counts_from_1 ? 1 : 0));
  } else if (!parent.is_there) {
    into.turn->turn = static_cast<std::uint32_t>(sessions_[name]++);
  }
}

std::optional<LineComplaint> LogRequests::read_line(LogLine& line, Request& into) {
  if (auto complaint = records_.read(line, record_)) return complaint;
  if (!has_roles_) {
    if (auto complaint = lacking_roles(line)) return complaint;
    records_.read(line, record_);  // Asking for names has read over it.
  }
  if (auto complaint = read_tokens(LogRole::Prompt, into.prompt)) return complaint;
  if (auto complaint = read_tokens(LogRole::Output, into.output)) return complaint;
  return read_arrival(into);
}

void LogRequests::end(Diagnostics& found) {
  if (is_over_) return;
  is_over_ = true;
  if (!records_.complaint().empty()) {
    const auto number = std::min<std::uint64_t>(records_.number(), std::numeric_limits<int>::max());
    found.error({file_, static_cast<int>(number), 0}, records_.complaint());
  } else if (lacking_ && !has_roles_) {
    found.add(*lacking_);
  }
}

std::optional<Request> LogRequests::next(Diagnostics& found) {
  while (!is_over_ && !found.is_full()) {
    std::optional<LogLine> line = records_.next();
    if (!line) break;
    Request request;
    const auto complaint = read_line(*line, request);
    if (complaint && options_.skip_bad) {
      ++counts_.skipped;
      if (!has_roles_ && !lacking_) {
        lacking_ = {Diagnostic::Severity::Error, place(*line, 0), complaint->message,
                    complaint->help};
      }
    } else if (complaint) {
      report(*line, *complaint, found);
      if (!has_roles_ && !records_.names(*line).empty()) break;  // No line has what is missing.
    } else if (request.prompt == 0 || request.output == 0) {
      ++counts_.without_tokens;
    } else {
      request.id = counts_.requests++;
      read_blocks(request);
      read_turn(request);
      return request;
    }
  }
  end(found);
  return std::nullopt;
}

}  // namespace chokepoint
