#include "tools/fleet/request_table.hpp"

#include <fmt/format.h>

namespace chokepoint {
namespace {

constexpr const char* kHeader =
    "request,arrival_s,prompt_tokens,output_tokens,class,outcome,replica,reader,queueing_s,ttft_s,"
    "tpot_ms,e2e_s,last_token_s,preemptions\n";

std::string seconds_of(Nanoseconds time) {
  return fmt::format("{}.{:09}", time / 1'000'000'000, time % 1'000'000'000);
}

const char* word_of(RequestOutcome outcome) {
  switch (outcome) {
    case RequestOutcome::Delivered:
      return "delivered";
    case RequestOutcome::Refused:
      return "refused";
    case RequestOutcome::Lost:
      return "lost";
  }
  return "";
}

}  // namespace

RequestTable::RequestTable(const std::filesystem::path& file, const PlannedFleet& fleet)
    : file_(file), fleet_(fleet) {
  file_.write(kHeader);
}

std::string RequestTable::name_of(std::uint32_t replica) const {
  const ReplicaPlace place = fleet_.place_of(replica);
  return fmt::format("{}/{}", fleet_.pools[place.pool].asked.name, place.number);
}

void RequestTable::ended(const EndedRequest& end, const Fleet&) {
  const Request& request = end.request;
  const RequestTimes& times = end.times;
  std::string line = fmt::format(
      "{},{},{},{},{},{}", request.id, seconds_of(times.arrival), request.prompt, request.output,
      fleet_.classes[request.slo_class].promised.name, word_of(end.outcome));
  if (end.outcome == RequestOutcome::Delivered) {
    const std::string tpot =
        request.output > 1 ? fmt::format("{:.6f}", double(tpot_of(times, request.output)) * 1e-6)
                           : "";
    line += fmt::format(",{},{},{},{},{},{},{},{}\n", name_of(end.replica), name_of(end.reader),
                        seconds_of(times.scheduled - times.arrival), seconds_of(ttft_of(times)),
                        tpot, seconds_of(times.last - times.arrival), seconds_of(times.last),
                        end.preemptions);
  } else {
    line += fmt::format(",,,,,,,{},{}\n", seconds_of(times.last), end.preemptions);
  }
  file_.write(line);
}

Table replica_table(const PlannedFleet& fleet, const ReplayAccount& account) {
  Table table("replicas",
              {Column("pool", Type::Text), Column("replica", Type::Count),
               Column("device", Type::Text), Column("delivered", Type::Count),
               Column("output_tokens", Type::Count), Column("prompt_tokens_read", Type::Count),
               Column("steps", Type::Count), Column("preemptions", Type::Count),
               Column("named_blocks", Type::Count), Column("found_blocks", Type::Count),
               Column("busy_s", Type::Real), Column("cache_blocks", Type::Count)});
  for (const ReplicaAccount& replica : account.replicas) {
    const PlannedPool& pool = fleet.pools[replica.place.pool];
    const EngineCounters& engine = replica.engine;
    table.add_row({pool.asked.name, replica.place.number, pool.subject.device->name,
                   replica.delivered, replica.tokens, engine.prompt_tokens, engine.steps,
                   engine.preemptions, engine.names, engine.hits,
                   double(engine.busy) / double(kTicksPerNanosecond) * 1e-9, pool.rules.blocks});
  }
  return table;
}

}  // namespace chokepoint
