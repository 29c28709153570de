#include "models/serving/sources/merged.hpp"

namespace chokepoint {

Merged::Merged(std::vector<std::unique_ptr<RequestSource>> of)
    : of_(std::move(of)), dated_(of_.size()) {
  for (std::size_t i = 0; i < of_.size(); ++i) date(i);
}

void Merged::date(std::size_t i) {
  if (dated_[i]) due_.erase({*dated_[i], i});
  dated_[i] = of_[i]->next_arrival();
  if (dated_[i]) due_.emplace(*dated_[i], i);
}

std::optional<Nanoseconds> Merged::next_arrival() {
  return due_.empty() ? std::nullopt : std::optional(due_.begin()->first);
}

std::optional<Request> Merged::next() {
  if (due_.empty()) return std::nullopt;
  const std::size_t i = due_.begin()->second;
  auto request = of_[i]->next();
  request->id = request->id * of_.size() + i;
  if (request->turn) request->turn->session = request->turn->session * of_.size() + i;
  date(i);
  return request;
}

void Merged::ended(const RequestEnd& end) {
  const std::size_t i = end.id % of_.size();
  RequestEnd there = end;
  there.id /= of_.size();
  if (there.turn) there.turn->session /= of_.size();
  of_[i]->ended(there);
  date(i);
}

}  // namespace chokepoint
