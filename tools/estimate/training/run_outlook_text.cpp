#include <fmt/format.h>

#include <cmath>

#include "tools/estimate/training/run_outlook.hpp"
#include "tools/print/labeled_lines.hpp"
#include "tools/print/number_format.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

constexpr double kSeenShare = 5e-5;  // Of the time.

std::string said_days(Seconds time) {
  return format_value(time / 1_days) + " days";
}

// "3.1 hours", "12 s".
std::string said_time(Seconds time) {
  if (time >= 1_days * 2) return said_days(time);
  if (time >= 1_hours * 2) return format_value(time / 1_hours) + " hours";
  if (time.value >= 120) return format_value(time.value / 60) + " minutes";
  return format_value(time.value) + " s";
}

// "15,000 billion" or, below a million, the number.
std::string said_tokens(double tokens) {
  return tokens < 1e6 ? format_value(tokens) : format_value(tokens / 1e9) + " billion";
}

std::string run_words(const RunOutlook& outlook) {
  const RunExpectation& run = outlook.expected;
  if (!std::isfinite(run.wall.value)) {
    return fmt::format(
        "{} tokens never end: interruptions come {} apart, and from a start to the "
        "next safe checkpoint it is {}",
        said_tokens(outlook.asked.tokens), said_time(*outlook.run.mean_to_interruption()),
        said_time(outlook.run.restart + outlook.run.interval));
  }
  return fmt::format("{} tokens in {}, of which {} train", said_tokens(outlook.asked.tokens),
                     said_days(run.wall), said_days(outlook.run.work));
}

std::string goodput_words(const RunOutlook& outlook) {
  const auto end = [](const RunExpectation& run) { return format_share<1>(run.goodput); };
  std::string text = end(outlook.expected);
  if (end(outlook.rarely) != end(outlook.often)) {
    text +=
        fmt::format(", {} to {} over the ranges of rates", end(outlook.often), end(outlook.rarely));
  }
  return text +
         fmt::format("; rates \"{}\", recovery \"{}\"", outlook.reliability, outlook.recovery);
}

std::string interruption_words(const RunOutlook& outlook) {
  const auto mean = outlook.run.mean_to_interruption();
  if (!mean) return "none";
  return fmt::format("{}, one in {} while it is up; and {} planned stops; {} spare servers",
                     format_value(std::round(outlook.expected.interruptions)), said_time(*mean),
                     format_value(std::round(outlook.expected.planned_stops)), outlook.run.spares);
}

std::string checkpoint_words(const RunOutlook& outlook) {
  const LongRun& run = outlook.run;
  const auto mode = outlook.asked.settings.checkpoint_mode;
  return fmt::format("{} GB every {}, {}: training waits {}, safe after {}; read in {}",
                     format_value(outlook.task.checkpoint.value / 1e9), said_time(run.interval),
                     name(mode), said_time(run.checkpoint.stall),
                     said_time(run.checkpoint.stall + run.checkpoint.lag),
                     said_time(run.checkpoint.read));
}

std::string played_words(const RunOutlook& outlook) {
  const PlayedRun& run = *outlook.played;
  const auto days = [](Nanoseconds time) { return said_days(to_seconds(time)); };
  return fmt::format("seed {}: {} in {}, goodput {}, {} interruptions, {} lost, {} broken servers",
                     *outlook.asked.seed, run.is_finished ? "done" : "given up", days(run.wall),
                     format_share<1>(run.goodput()), format_value(double(run.interruptions)),
                     days(run.lost), format_value(double(run.broken)));
}

// A number of money that a person can read, whatever its size.
std::string said_usd(Usd usd) {
  return usd.value < 1e15 ? format_value(usd.value) : format_rough(usd.value);
}

std::vector<std::pair<std::string, double>> shares_of(const RunExpectation& run) {
  return {{"kept", run.goodput},    {"slowed", run.slowed},         {"lost", run.lost},
          {"saving", run.saving},   {"restarting", run.restarting}, {"unnoticed", run.unnoticed},
          {"waiting", run.waiting}, {"planned", run.planned}};
}

JsonValue played_json(const RunOutlook& outlook) {
  const PlayedRun& run = *outlook.played;
  const auto seconds = [](Nanoseconds time) { return to_seconds(time).value; };
  JsonValue json = JsonValue::object(), phases = JsonValue::object();
  for (std::size_t i = 0; i < kRunPhases; ++i) {
    phases.add(std::string(name(static_cast<RunPhase>(i))) + "_s", seconds(run.phases[i]));
  }
  json.add("seed", static_cast<double>(*outlook.asked.seed))
      .add("is_finished", run.is_finished)
      .add("wall_s", seconds(run.wall))
      .add("work_s", seconds(run.work))
      .add("slowed_s", seconds(run.slowed))
      .add("lost_s", seconds(run.lost))
      .add("phases", std::move(phases))
      .add("goodput", run.goodput())
      .add("interruptions", static_cast<double>(run.interruptions))
      .add("planned_stops", static_cast<double>(run.planned_stops))
      .add("checkpoints", static_cast<double>(run.checkpoints))
      .add("broken_servers", static_cast<double>(run.broken))
      .add("waits_for_servers", static_cast<double>(run.waits));
  return json;
}

JsonValue checkpoint_json(const RunOutlook& outlook) {
  const LongRun& run = outlook.run;
  JsonValue json = JsonValue::object();
  json.add("bytes", outlook.task.checkpoint.value)
      .add("mode", std::string(name(outlook.asked.settings.checkpoint_mode)))
      .add("every_s", run.interval.value)
      .add("stall_s", run.checkpoint.stall.value)
      .add("safe_after_s", (run.checkpoint.stall + run.checkpoint.lag).value)
      .add("read_s", run.checkpoint.read.value);
  return json;
}

}  // namespace

Table shares_table(const RunExpectation& expected) {
  Table table(
      "run", {Column("part", Type::Text), Column("days", Type::Real), Column("share", Type::Text)});
  for (const auto& [part, share] : shares_of(expected)) {
    if (share < kSeenShare) continue;
    table.add_row({part, share * (expected.wall / 1_days), format_share<2>(share)});
  }
  return table;
}

std::string outlook_text(const RunOutlook& outlook, const DeviceUpkeep& upkeep) {
  LabeledLines lines;
  lines.add("run", run_words(outlook));
  lines.add("goodput", goodput_words(outlook));
  lines.add("stops", interruption_words(outlook));
  lines.add("checkpoint", checkpoint_words(outlook));
  if (outlook.played) lines.add("played", played_words(outlook));
  if (!std::isfinite(outlook.expected.wall.value)) return lines.text();
  const RunBill bill = bill_of(outlook, upkeep);
  lines.add("cost", fmt::format("{} device hours, {} MWh{}", format_value(bill.device_hours),
                                format_value(bill.energy.value / kJoulesPerGwh * 1e3),
                                bill.cost ? ", " + said_usd(*bill.cost) + " USD" : ""));
  return lines.text();
}

JsonValue outlook_json(const RunOutlook& outlook, const DeviceUpkeep& upkeep) {
  const RunExpectation& run = outlook.expected;
  const RunBill bill = bill_of(outlook, upkeep);
  const auto mean = outlook.run.mean_to_interruption();
  JsonValue json = JsonValue::object(), shares = JsonValue::object();
  for (const auto& [part, share] : shares_of(run)) shares.add(part, share);
  json.add("tokens", outlook.asked.tokens)
      .add("days", bill.wall / 1_days)
      .add("days_without_failures", outlook.run.work / 1_days)
      .add("device_hours", bill.device_hours)
      .add("mwh", bill.energy.value / kJoulesPerGwh * 1e3)
      .add("usd", bill.cost ? JsonValue(bill.cost->value) : JsonValue())
      .add("goodput", run.goodput)
      .add("goodput_often", outlook.often.goodput)
      .add("goodput_rarely", outlook.rarely.goodput)
      .add("reliability", outlook.reliability)
      .add("recovery", outlook.recovery)
      .add("interruptions", run.interruptions)
      .add("planned_stops", run.planned_stops)
      .add("mean_hours_to_interruption", mean ? JsonValue(*mean / 1_hours) : JsonValue())
      .add("spares", static_cast<double>(outlook.run.spares))
      .add("checkpoint", checkpoint_json(outlook))
      .add("shares", std::move(shares));
  if (outlook.played) json.add("played", played_json(outlook));
  return json;
}

}  // namespace chokepoint
