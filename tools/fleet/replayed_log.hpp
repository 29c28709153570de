#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/served_fleet.hpp"
#include "models/serving/request.hpp"
#include "models/units.hpp"
#include "sim/logs/request_log.hpp"

namespace chokepoint {

/// A log and what is to be made of it.
struct LogQuestion {
  std::filesystem::path file;
  RequestLogOptions options;
  /// Requests a second, on average: times of the log are stretched; where it has none they are
  /// drawn, Poisson.
  std::optional<double> rate;
  std::optional<std::uint32_t> concurrency;  ///< Always so many under way; times do not count.
  double speed = 1;                          ///< Seconds of the log in one of the replay.
  std::uint64_t passes = 1;                  ///< Over the log, one after the other.
  std::optional<Seconds> from, until;        ///< Of the log, from its first arrival.
  std::optional<std::uint64_t> requests;     ///< At most, of all passes.

  bool is_cut() const { return from || until; }
};

/// A log as it will be replayed.
struct ReplayedLog {
  LogQuestion question;
  RequestLogSummary summary;      ///< Of the whole log.
  std::uint64_t in_pass = 0;      ///< Requests of one pass over the part that is replayed.
  std::uint64_t requests = 0;     ///< That are replayed.
  double prompt = 1, output = 1;  ///< Mean tokens of one.
  Nanoseconds span = 0;           ///< Of one pass over the part, from first to last arrival.
  bool lacks_times = false;       ///< Nobody says when requests arrive.
  Seconds lasts{};  ///< About, from first to last arrival of the replay; 0: up to the fleet.
};

/// Why options and a log do not go together.
struct LogRefusal {
  std::string message, help;
};

/// Reads the log once and says what will be replayed. Nothing where it is wrong, which is in
/// `found`, or where the question does not go with it, which is in `refusal`.
std::optional<ReplayedLog> check_replay(LogQuestion question, Diagnostics& found,
                                        LogRefusal& refusal);

/// Mean tokens of requests.
struct MeanLengths {
  double prompt = 1, output = 1;
};

/// Of one pass over the part that is replayed, of requests that are no longer than `context`; 0:
/// of all. Nothing where all are longer.
std::optional<MeanLengths> mean_lengths(const ReplayedLog& log, std::int64_t context);

/// Its requests, streamed, the first at 0. What is drawn follows from the seed of the question's
/// options.
std::unique_ptr<RequestSource> open_replay(const ReplayedLog& log);

/// Requests of another source, each of a class that is drawn by the shares. Draws from the stream
/// "classes".
class Classed : public RequestSource {
public:
  Classed(std::unique_ptr<RequestSource> of, const std::vector<ServedClass>& classes,
          std::uint64_t seed);

  std::optional<Nanoseconds> next_arrival() override { return of_->next_arrival(); }
  std::optional<Request> next() override;
  void ended(const RequestEnd& end) override { of_->ended(end); }

private:
  std::unique_ptr<RequestSource> of_;
  std::vector<double> up_to_;  ///< Sums of shares.
  RandomStream random_;
};

}  // namespace chokepoint
