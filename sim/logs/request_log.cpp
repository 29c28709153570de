#include "sim/logs/request_log.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

#include "sim/logs/benchmark_load.hpp"
#include "sim/logs/log_lines.hpp"
#include "sim/logs/servegen_clients.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHead = std::size_t{1} << 20U;

/// The format that is asked for, else that of what is in the file; nothing, with a complaint, where
/// it is none.
std::optional<RequestLogFormat> format_of(const fs::path& path, const RequestLogOptions& options,
                                          Diagnostics& found) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored) &&
      options.format.value_or(RequestLogFormat::ServeGen) == RequestLogFormat::ServeGen) {
    return RequestLogFormat::ServeGen;
  }
  LogLines lines(path);
  const std::string_view head = lines.head(kHead);
  if (!lines.complaint().empty()) {
    found.error({path.string(), 0, 0}, lines.complaint());
    return std::nullopt;
  }
  if (options.format) {
    const auto binary = binary_complaint(head);
    if (!binary) return options.format;
    found.error({path.string(), 0, 0}, binary->message, binary->help);
    return std::nullopt;
  }
  const auto recognized = recognized_request_log(head);
  if (const auto* format = std::get_if<RequestLogFormat>(&recognized)) return *format;
  const NoLog& none = std::get<NoLog>(recognized);
  found.error({path.string(), 0, 0}, none.message, none.help);
  return std::nullopt;
}

/// Counts a request in.
void add(const Request& request, RequestLogSummary& into) {
  into.span = std::max(into.span, request.arrival);
  into.prompt_tokens += request.prompt;
  into.output_tokens += request.output;
  into.longest_prompt = std::max(into.longest_prompt, request.prompt);
  into.longest_context = std::max(into.longest_context, request.prompt + request.output);
  into.block_tokens = std::max(into.block_tokens, request.block_tokens);
}

void check_lines(const fs::path& path, const RequestLogOptions& options, RequestLogSummary& into,
                 Diagnostics& found) {
  LogRequests log(path, into.format, options, found);
  std::optional<Nanoseconds> first;
  while (const auto request = log.next(found)) {
    if (!first) first = request->arrival;
    add(*request, into);
  }
  into.span -= first.value_or(0);
  into.counts = log.counts();
  into.lacks_times = log.lacks_times();
  if (into.counts.requests > 0 || found.has_errors()) return;
  const auto counted = [](std::uint64_t count) { return std::to_string(count); };
  found.error({path.string(), 0, 0}, "holds no request",
              into.counts.skipped + into.counts.without_tokens == 0
                  ? ""
                  : concat(counted(into.counts.skipped), " lines are wrong, ",
                           counted(into.counts.without_tokens), " have no tokens"));
}

void check_benchmark(const fs::path& path, RequestLogSummary& into, Diagnostics& found) {
  const auto load = read_benchmark_load(path, found);
  if (!load) return;
  for (const Request& request : load->requests) add(request, into);
  into.counts.requests = load->requests.size();
  into.counts.without_tokens = load->without_tokens;
  into.waits_for_ends = !load->has_arrivals && !load->rate;
  into.is_drawn = !load->has_arrivals && load->rate.has_value();
  into.has_means_only = load->has_means_only;
}

void check_clients(const fs::path& path, const RequestLogOptions& options, RequestLogSummary& into,
                   Diagnostics& found) {
  const auto clients = read_servegen_clients(path, found);
  if (found.has_errors()) return;
  into.is_drawn = true;
  const auto source = source_of(clients, options.seed);
  while (const auto request = source->next()) {
    add(*request, into);
    ++into.counts.requests;
  }
  if (into.counts.requests == 0) found.error({path.string(), 0, 0}, "draws no request");
}

/// A log that was checked, line by line.
class CheckedLog : public RequestSource {
public:
  CheckedLog(const fs::path& path, RequestLogFormat format, const RequestLogOptions& options)
      : file_(path.string()), log_(path, format, options, found_) {
    advance();
  }

  std::optional<Nanoseconds> next_arrival() override {
    return ready_ ? std::optional(ready_->arrival) : std::nullopt;
  }

  std::optional<Request> next() override {
    if (!ready_) return std::nullopt;
    std::optional<Request> request = std::move(ready_);
    advance();
    return request;
  }

private:
  void advance() {
    ready_ = log_.next(found_);
    if (!found_.has_errors()) return;
    throw std::runtime_error(file_ +
                             " has changed while it was read: " + found_.items().front().message);
  }

  std::string file_;
  Diagnostics found_;
  LogRequests log_;
  std::optional<Request> ready_;
};

}  // namespace

std::optional<RequestLogSummary> check_request_log(const fs::path& path,
                                                   const RequestLogOptions& options,
                                                   Diagnostics& found) {
  const std::size_t before = found.errors();
  const auto format = format_of(path, options, found);
  if (!format) return std::nullopt;
  RequestLogSummary summary;
  summary.format = *format;
  if (*format == RequestLogFormat::ServeGen) {
    check_clients(path, options, summary, found);
  } else if (*format == RequestLogFormat::Benchmark) {
    check_benchmark(path, summary, found);
  } else {
    check_lines(path, options, summary, found);
  }
  if (found.errors() > before) return std::nullopt;
  return summary;
}

std::unique_ptr<RequestSource> open_request_log(const fs::path& path,
                                                const RequestLogSummary& summary,
                                                const RequestLogOptions& options) {
  Diagnostics found;
  std::unique_ptr<RequestSource> source;
  if (summary.format == RequestLogFormat::ServeGen) {
    source = source_of(read_servegen_clients(path, found), options.seed);
  } else if (summary.format == RequestLogFormat::Benchmark) {
    const auto load = read_benchmark_load(path, found);
    if (load) source = source_of(*load, options.seed);
  } else {
    return std::make_unique<CheckedLog>(path, summary.format, options);
  }
  if (!found.has_errors()) return source;
  throw std::runtime_error(path.string() +
                           " has changed since it was read: " + found.items().front().message);
}

}  // namespace chokepoint
