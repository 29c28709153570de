#include "sim/jobs/job_log.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "sim/jobs/elastic_cells.hpp"
#include "sim/jobs/job_cells.hpp"
#include "sim/logs/csv_line.hpp"
#include "sim/logs/log_format.hpp"
#include "sim/logs/log_lines.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kHead = std::size_t{1} << 16U;
constexpr double kMostDevices = 1e7;

constexpr std::string_view kHelp =
    "a log of jobs has columns for when each was submitted, how long it ran and how many devices "
    "it needs; --column ROLE=NAME says which is which";

// What one line says before it is looked at together with others.
struct Cells {
  std::vector<CsvCell> all;

  std::string_view of(std::optional<std::size_t> place) const {
    return place && *place < all.size() ? all[*place].text : std::string_view{};
  }
};

bool is_number_start(char c) {
  return (c >= '0' && c <= '9') || c == '-' || c == '.';
}

// Words between blanks.
std::vector<CsvCell> words_of(std::string_view line) {
  std::vector<CsvCell> words;
  std::size_t at = 0;
  while (true) {
    at = line.find_first_not_of(" \t", at);
    if (at == std::string_view::npos) return words;
    const std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
    words.push_back({line.substr(at, end - at), at});
    at = end;
  }
}

// Fields of the Standard Workload Format, in its order, as far as they are used.
JobColumns swf_columns() {
  JobColumns columns;
  const auto set = [&](JobRole role, std::size_t place) {
    columns.by_role[static_cast<std::size_t>(role)] = place;
  };
  set(JobRole::Id, 0), set(JobRole::Submit, 1), set(JobRole::Run, 3), set(JobRole::Devices, 4);
  set(JobRole::Estimate, 8), set(JobRole::Owner, 11);
  return columns;
}
constexpr std::size_t kSwfFields = 11, kSwfRequested = 7;

bool looks_like_swf(std::string_view line) {
  const auto words = words_of(line);
  return words.size() >= kSwfFields &&
         std::all_of(words.begin(), words.begin() + kSwfFields,
                     [](const CsvCell& word) { return is_number_start(word.text.front()); });
}

class JobReader {
public:
  JobReader(const std::filesystem::path& path, const JobLogOptions& options, Diagnostics& found)
      : file_(path.string()), lines_(path), options_(options), found_(found) {}

  std::optional<JobLog> read() {
    const std::string_view head = lines_.head(kHead);
    if (!lines_.complaint().empty()) return fail(0, 0, lines_.complaint());
    if (const auto binary = binary_complaint(head)) {
      return fail(0, 0, binary->message, binary->help);
    }
    auto line = next_line();
    if (!line) return fail(0, 0, "is empty", std::string(kHelp));
    if (!begin(*line)) return std::nullopt;
    while (line && !found_.is_full()) {
      if (!is_header_) read_job(*line);
      is_header_ = false;
      line = next_line();
    }
    if (!lines_.complaint().empty()) return fail(lines_.number(), 0, lines_.complaint());
    if (found_.errors() > 0) return std::nullopt;
    if (log_.jobs.empty()) return fail(0, 0, nothing_text());
    sort();
    return std::move(log_);
  }

private:
  std::nullopt_t fail(std::uint64_t line, std::size_t column, const std::string& message,
                      const std::string& help = "") {
    found_.error({file_, static_cast<int>(line), static_cast<int>(column)}, message, help);
    return std::nullopt;
  }

  std::string nothing_text() const {
    return "holds no job that ran on a device: " + std::to_string(log_.never_ran) + " never ran, " +
           std::to_string(log_.without_devices) + " need none";
  }

  // The next that is neither empty nor a comment.
  std::optional<LogLine> next_line() {
    while (auto line = lines_.next()) {
      const auto first = line->text.find_first_not_of(" \t\r");
      if (first == std::string_view::npos) continue;
      if (line->text[first] == ';' || line->text[first] == '#') continue;
      return line;
    }
    return std::nullopt;
  }

  // Learns from the first line what the log is. False after a complaint.
  bool begin(const LogLine& line) {
    const bool has_pipes = std::count(line.text.begin(), line.text.end(), '|') >= 5;
    log_.format = options_.format             ? *options_.format
                  : looks_like_swf(line.text) ? JobLogFormat::Swf
                  : has_pipes                 ? JobLogFormat::Sacct
                                              : JobLogFormat::Table;
    if (log_.format == JobLogFormat::Swf) {
      columns_ = swf_columns();
      return true;
    }
    separator_ = log_.format == JobLogFormat::Sacct ? '|' : separator_of(line.text);
    csv_.split(line.text, separator_);
    std::vector<std::string> names;
    for (const CsvCell& cell : csv_.cells()) names.emplace_back(cell.text);
    columns_ = chosen_job_columns(names, options_.named);
    is_header_ = true;
    if (log_.format == JobLogFormat::Sacct && !columns_[JobRole::Submit] &&
        names.size() >= sacct_columns().size()) {
      columns_ = chosen_job_columns(sacct_columns(), options_.named);
      is_header_ = false;
      names = sacct_columns();
    }
    width_ = names.size();
    for (const auto& [role, column] : options_.named) {
      if (!columns_[role]) return complain_of_header(line, "has no column '" + column + "'");
    }
    const std::string lacks = lacking(columns_);
    return lacks.empty() || complain_of_header(line, "does not say " + lacks);
  }

  bool complain_of_header(const LogLine& line, const std::string& what) {
    found_.remember_line({file_, static_cast<int>(line.number), 0}, std::string(line.text));
    fail(line.number, 1, what, std::string(kHelp));
    return false;
  }

  void read_job(const LogLine& line) {
    Cells cells;
    if (log_.format == JobLogFormat::Swf) {
      cells.all = words_of(line.text);
      if (cells.all.size() < kSwfFields) {
        return bad(line, 0,
                   "has " + std::to_string(cells.all.size()) + " fields, and SWF has " +
                       std::to_string(kSwfFields) + " at least");
      }
    } else {
      if (!csv_.split(line.text, separator_)) return bad(line, 0, "is cut off inside quotes");
      cells.all = csv_.cells();
      if (cells.all.size() < width_) {
        return bad(line, 0,
                   "has " + std::to_string(cells.all.size()) + " cells, and there are " +
                       std::to_string(width_) + " columns");
      }
    }
    ++log_.lines;
    add(line, cells);
  }

  void bad(const LogLine& line, std::size_t offset, const std::string& message) {
    ++log_.bad;
    if (options_.skips_bad) return;
    const int number = static_cast<int>(line.number);
    found_.remember_line({file_, number, 0}, std::string(line.text));
    found_.error({file_, number, static_cast<int>(offset + line.column)}, message,
                 "--skip-bad leaves out such lines, and counts them");
  }

  // A number of a cell; nothing where it is not known. Complains where it is no number.
  std::optional<double> amount(const LogLine& line, const Cells& cells, JobRole role,
                               bool& is_bad) {
    const auto place = columns_[role];
    const std::string_view text = cells.of(place);
    if (!place || is_unknown(text)) return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size() && std::isfinite(value) &&
        value >= 0 && value <= kMostDevices) {
      return value;
    }
    is_bad = true;
    bad(line, cells.all[*place].offset,
        std::string(name(role)) + " is no number from 0 to 10 million: '" + std::string(text) +
            "'");
    return std::nullopt;
  }

  static bool is_moment(JobRole role) { return role != JobRole::Run && role != JobRole::Estimate; }

  // Of the numbers of a role; its first number is looked at where nothing says it.
  JobTimeUnit unit_of(JobRole role, std::string_view text) {
    auto& unit = columns_.unit(role);
    const bool is_new = std::ranges::find(log_.units, role, [](const auto& known) {
                          return known.first;
                        }) == log_.units.end();
    if (!is_new || !job_number(text)) return unit.value_or(kJobSeconds);
    if (!unit) unit = options_.unit;
    if (!unit && is_moment(role)) unit = job_time_unit_by_size(text);
    log_.units.emplace_back(role, unit.value_or(kJobSeconds));
    return log_.units.back().second;
  }

  template <class Read>
  std::optional<Milliseconds> time(const LogLine& line, const Cells& cells, JobRole role,
                                   Read reader, bool& is_bad) {
    const auto place = columns_[role];
    const std::string_view text = cells.of(place);
    if (!place || is_bad || is_unknown(text)) return std::nullopt;
    const auto value = reader(text, unit_of(role, text));
    if (value) return value;
    is_bad = true;
    bad(line, cells.all[*place].offset,
        concat(name(role), " is no time: '", text, "'; ",
               is_moment(role) ? "2024-05-31 18:17:03 is one" : "1-18:17:03 or 17:03 is one",
               ", and a number"));
    return std::nullopt;
  }

  void add(const LogLine& line, const Cells& cells) {
    const std::string_view id = cells.of(columns_[JobRole::Id]);
    // Steps of a job of Slurm, "123.batch", are no jobs.
    if (log_.format == JobLogFormat::Sacct && id.find('.') != std::string_view::npos) {
      --log_.lines;
      return;
    }
    bool is_bad = false;
    const auto start = time(line, cells, JobRole::Start, job_moment, is_bad);
    const auto end = time(line, cells, JobRole::End, job_moment, is_bad);
    auto submit = time(line, cells, JobRole::Submit, job_moment, is_bad);
    auto run = time(line, cells, JobRole::Run, job_duration, is_bad);
    const auto limit = time(line, cells, JobRole::Estimate, estimate_of, is_bad);
    int part = 0;
    const int devices = is_bad ? 0 : devices_of(line, cells, part, is_bad);
    const int priority = is_bad ? 0 : priority_of(line, cells, is_bad);
    if (!columns_[JobRole::Submit]) submit = start;
    if (!run && start && end) run = *end - *start;
    if (devices == 0) return void(++log_.without_devices);
    if (!submit || !run || *run < 0) return void(++log_.never_ran);
    RigidJob job{*submit, *run,     limit.value_or(*run),
                 devices, priority, owner_of(cells.of(columns_[JobRole::Owner])),
                 part};
    if (part == 0) read_elastic(line, cells, job, is_bad);
    if (is_bad) return;
    if (job.is_elastic()) ++log_.elastic;
    if (part > 0) ++log_.shares;
    if (limit) log_.has_estimates = true;
    log_.jobs.push_back(job);
    log_.ids.emplace_back(id);
  }

  // "UNLIMITED" and "Partition_Limit" are no estimates.
  static std::optional<Milliseconds> estimate_of(std::string_view text, const JobTimeUnit& unit) {
    const auto time = job_duration(text, unit);
    if (time) return time;
    return text.find_first_of("0123456789") == std::string_view::npos
               ? std::optional<Milliseconds>(0)
               : std::nullopt;
  }

  // `part`: thousandths, where it needs no more than that of one.
  int devices_of(const LogLine& line, const Cells& cells, int& part, bool& is_bad) {
    auto devices = amount(line, cells, JobRole::Devices, is_bad);
    if (log_.format == JobLogFormat::Swf && !devices && !is_bad) devices = requested(cells);
    if (!columns_[JobRole::Devices]) {
      devices = gpus_of_resources(cells.of(columns_[JobRole::Resources]));
    }
    if (!devices || is_bad) return 0;
    if (columns_.is_in_percent) *devices /= 100;
    *devices *= amount(line, cells, JobRole::Instances, is_bad).value_or(1);
    const auto share = amount(line, cells, JobRole::Share, is_bad);
    const double needs = *devices == 1 && share ? std::min(*share / kWholeDevice, 1.0) : *devices;
    if (needs > 0 && needs < 1 && !options_.whole_devices) {
      part = std::clamp(static_cast<int>(std::lround(needs * kWholeDevice)), 1, kWholeDevice - 1);
    } else if (std::fmod(needs, 1.0) > 0) {
      ++log_.rounded;
    }
    return static_cast<int>(std::ceil(std::min(*devices, kMostDevices)));
  }

  // Of a job that asks for so many whole devices.
  void read_elastic(const LogLine& line, const Cells& cells, RigidJob& job, bool& is_bad) {
    ElasticCells elastic;
    elastic.min_devices = amount(line, cells, JobRole::MinDevices, is_bad).value_or(job.devices);
    if (!is_bad)
      elastic.max_devices = amount(line, cells, JobRole::MaxDevices, is_bad).value_or(job.devices);
    if (!is_bad)
      elastic.serial_share = amount(line, cells, JobRole::SerialShare, is_bad).value_or(0);
    if (is_bad) return;
    if (const auto wrong = elastic_complaint(elastic, job.devices)) {
      is_bad = true;
      return bad(line, cells.all[*columns_[wrong->first]].offset, wrong->second);
    }
    if (elastic.min_devices == elastic.max_devices) return;
    job.min_devices = static_cast<int>(elastic.min_devices);
    job.max_devices = static_cast<int>(elastic.max_devices);
    job.serial_share = elastic.serial_share;
  }

  // Nobody's where a cell does not say.
  std::uint32_t owner_of(std::string_view text) {
    const std::string name(is_unknown(text) ? std::string_view{} : text);
    const auto [at, is_new] =
        owners_.try_emplace(name, static_cast<std::uint32_t>(log_.owners.size()));
    if (is_new) log_.owners.push_back(name);
    return at->second;
  }

  // 0 where it is not known.
  int priority_of(const LogLine& line, const Cells& cells, bool& is_bad) {
    const auto place = columns_[JobRole::Priority];
    const std::string_view text = cells.of(place);
    if (!place || is_unknown(text)) return 0;
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size()) return value;
    is_bad = true;
    bad(line, cells.all[*place].offset, "priority is no whole number: '" + std::string(text) + "'");
    return 0;
  }

  // Processors that were asked for, where none are said to have been given.
  static std::optional<double> requested(const Cells& cells) {
    const std::string_view text = cells.of(kSwfRequested);
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value > 0 && value <= kMostDevices ? std::optional(value) : std::nullopt;
  }

  void sort() {
    std::vector<std::size_t> order(log_.jobs.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return log_.jobs[i].submit; });
    std::vector<RigidJob> jobs;
    std::vector<std::string> ids;
    for (const std::size_t i : order) {
      jobs.push_back(log_.jobs[i]);
      ids.push_back(std::move(log_.ids[i]));
    }
    log_.jobs = std::move(jobs);
    log_.ids = std::move(ids);
  }

  std::string file_;
  LogLines lines_;
  const JobLogOptions& options_;
  Diagnostics& found_;
  JobLog log_;
  std::map<std::string, std::uint32_t> owners_;  // Their numbers.
  JobColumns columns_;
  CsvLine csv_;
  char separator_ = ',';
  std::size_t width_ = 0;
  bool is_header_ = false;
};

}  // namespace

std::string_view name(JobLogFormat format) {
  return format == JobLogFormat::Swf ? "swf" : format == JobLogFormat::Sacct ? "sacct" : "table";
}

std::optional<JobLogFormat> job_log_format_named(std::string_view name) {
  if (name == "swf") return JobLogFormat::Swf;
  if (name == "sacct") return JobLogFormat::Sacct;
  for (const std::string_view table :
       {"table", "csv", "philly", "openb", "pai", "helios", "acme", "muri"}) {
    if (name == table) return JobLogFormat::Table;
  }
  return std::nullopt;
}

std::optional<JobLog> read_job_log(const std::filesystem::path& path, const JobLogOptions& options,
                                   Diagnostics& found) {
  Diagnostics here;
  auto log = JobReader(path, options, here).read();
  found.add_all(here);
  return log;
}

}  // namespace chokepoint
