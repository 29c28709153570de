#include "models/random.hpp"

#include <boost/random/exponential_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/uniform_01.hpp>
#include <boost/random/weibull_distribution.hpp>

#include "models/fingerprint.hpp"

namespace chokepoint {

std::uint64_t splitmix64(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

RandomStream::RandomStream(std::uint64_t seed, std::string_view name)
    : generator_(splitmix64(splitmix64(seed) ^ fingerprint(name))) {}

double RandomStream::normal() {
  return boost::random::normal_distribution<double>{0.0, 1.0}(generator_);
}

double RandomStream::uniform() {
  return boost::random::uniform_01<double>{}(generator_);
}

double RandomStream::exponential() {
  return boost::random::exponential_distribution<double>{1.0}(generator_);
}

double RandomStream::gamma(double shape) {
  return boost::random::gamma_distribution<double>{shape, 1.0}(generator_);
}

double RandomStream::weibull(double shape) {
  return boost::random::weibull_distribution<double>{shape, 1.0}(generator_);
}

}  // namespace chokepoint
