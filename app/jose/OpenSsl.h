// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

/// OpenSSL's objects with owners. Included by this folder's sources alone.
namespace octotrail::jose {

template <auto release>
struct Release
{
    template <class T>
    void operator()(T *object) const
    {
        release(object);
    }
};

using Bio = std::unique_ptr<BIO, Release<&BIO_free>>;
using BigNumber = std::unique_ptr<BIGNUM, Release<&BN_clear_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Release<&EVP_MD_CTX_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Release<&ECDSA_SIG_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Release<&EVP_PKEY_CTX_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Release<&OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Release<&OSSL_PARAM_free>>;
using PkeyPtr = std::shared_ptr<EVP_PKEY>;

inline PkeyPtr owned(EVP_PKEY *key)
{
    return {key, [](EVP_PKEY *pkey) { EVP_PKEY_free(pkey); }};
}

} // namespace octotrail::jose
